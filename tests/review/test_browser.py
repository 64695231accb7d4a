"""The review page in a real Chromium: the whole story by keyboard, hostile text, size, lost connection."""

import shutil
from pathlib import Path

import pytest

axe = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python")
sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs a Chromium on the PATH")

TOKEN = "t0ken-for-tests"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SLOW_MS = 5000


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def show(browser, serve):
    """Open the page of a review, and note whatever happens that should not."""

    def show(review, width=1280, scheme="light", *, bypass_csp=False):
        address, stop = serve(review)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=bypass_csp
        )
        context.set_default_timeout(SLOW_MS)
        page, noted = context.new_page(), []
        page.on("dialog", lambda dialog: (noted.append(dialog.message), dialog.accept("a reason")))
        page.on("console", lambda message: noted.append(message.text))
        page.on("pageerror", lambda error: noted.append(str(error)))
        page.goto(f"{address}/?token={TOKEN}")
        page.wait_for_selector("#finding > *")
        return page, noted, address, stop

    return show


def test_the_story_by_keyboard(show, review_of, tmp_path):
    """Accept two, undo one, search again, mark as fine, write: by keyboard alone."""
    page, noted, _, _ = show(review_of())
    keys = page.keyboard
    page.wait_for_selector(".candidate")
    keys.press("1")
    page.wait_for_selector(".candidate.taken")
    keys.press("2")
    page.wait_for_selector(":nth-match(.candidate.taken, 2)")
    keys.press("u")
    page.wait_for_selector(":nth-match(.candidate.taken, 2)", state="detached")
    assert page.locator("#edits li").count() == 1
    keys.press("s")
    keys.type("electric vehicle policies review")
    keys.press("Enter")
    page.wait_for_selector("#asked >> text=All have answered")
    keys.press("Escape")
    keys.press("j")
    page.wait_for_selector("button.mark.current >> text=Insert Link")
    keys.press("f")
    page.wait_for_selector(".chip >> text=fine as it is")
    keys.press("w")
    page.wait_for_selector("#said >> text=Written")
    assert "Determinants" in (tmp_path / "article.fixed.txt").read_text(encoding="utf-8") or (
        "Government" in (tmp_path / "article.fixed.txt").read_text(encoding="utf-8")
    )
    assert noted == ["Why is it fine as it is? (kept with the decision)"]


def test_a_field_is_edited(show, review_of):
    """A field can be set by hand before a candidate is accepted."""
    page, noted, _, _ = show(review_of())
    page.click(".candidate >> nth=0 >> text=Edit a field")
    page.fill("#edit-title", "A title set by hand")
    page.keyboard.press("Enter")
    page.wait_for_selector(".candidate.taken >> text=A title set by hand")
    assert "A title set by hand" in page.inner_text("#bibliography")
    assert noted == []


def test_hostile_titles_do_nothing(show, review_of):
    """Titles, names and addresses that attack are shown as text, and run nothing."""
    hostile = [
        {"id": "x1", "type": "article-journal", "issued": {"date-parts": [[2021]]}, "DOI": "10.5555/x1",
         "title": "Chinese EV market: </script><script>alert(1)</script><img src=x onerror=alert(2)>",
         "author": [{"family": '"><b>Evil', "given": "javascript:alert(3)"}], "container-title": "\u202e{{7*7}}<i>"},
        {"id": "x2", "type": "report", "issued": {"date-parts": [[2022]]}, "publisher": "<svg onload=alert(4)>",
         "title": "Chinese EV market ${alert(5)}", "URL": "javascript:alert(6)"},
    ]  # fmt: skip
    text = (
        "The Chinese EV market <script>alert(7)</script>\n\nReferences:\n"
        "- Additional academic papers and industry reports on the Chinese EV market "
        "(To be added based on further research).\n"
    )
    page, noted, _, _ = show(review_of(text, hostile))
    page.wait_for_selector(".candidate")
    page.keyboard.press("1")
    page.wait_for_selector(".candidate.taken")
    assert noted == []
    assert page.locator("#desk img, #desk svg, #desk script, #desk b").count() == 0
    targets = page.eval_on_selector_all(
        "#desk a", "all => all.map(one => one.getAttribute('href'))"
    )
    assert targets
    assert all(target.startswith("https://doi.org/") for target in targets)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_accessible(show, review_of, width, scheme):
    """Axe finds nothing against WCAG 2.2 AA with a candidate accepted and an editor open."""
    page, _, _, _ = show(review_of(), width, scheme, bypass_csp=True)
    page.keyboard.press("1")
    page.wait_for_selector(".candidate.taken")
    page.click(".candidate >> nth=1 >> text=Edit a field")
    page.add_style_tag(content="* { content-visibility: visible !important }")
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_many_findings_stay_quick(show, review_of):
    """With 500 findings a step takes less than a quarter of a second, and so does a decision.

    The bound is wide for slow machines.
    """
    text = "".join(
        f"Claim number {n} of the article stands here [citation needed].\n\n" for n in range(500)
    )
    page, noted, _, _ = show(review_of(text, []))
    assert page.inner_text("#where") == "1 of 500"
    step = """async (key) => {
        const began = performance.now();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - began;
    }"""
    for _ in range(3):
        assert page.evaluate(step, "j") < 250
    page.keyboard.press("x")
    page.wait_for_selector(".chip >> text=none of them")
    assert page.inner_text("#where") == "4 of 500"
    assert noted == []


def test_a_lost_connection_is_told_and_mended(show, review_of, serve):
    """When refcheck is gone the page says so; back at the same address, it goes on with what was kept."""
    page, _, address, stop = show(review_of())
    page.keyboard.press("1")
    page.wait_for_selector(".candidate.taken")
    stop()
    page.keyboard.press("2")
    page.wait_for_selector("#lost", state="visible")
    serve(review_of(), int(address.rsplit(":", 1)[1]))
    page.wait_for_selector("#lost", state="hidden")
    page.wait_for_selector(".candidate.taken")
    assert page.locator(".candidate.taken").count() == 1


def test_decisions_survive_a_reload(show, review_of):
    """After a reload the page shows what was decided."""
    page, _, _, _ = show(review_of())
    page.keyboard.press("2")
    page.wait_for_selector(".candidate.taken")
    page.reload()
    page.wait_for_selector(".candidate.taken")
    assert page.locator("#edits li").count() == 1
