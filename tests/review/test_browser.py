"""The review page in a real Chromium: the whole story by keyboard, hostile text, size, lost connection."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

axe = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python")
sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs a Chromium on the PATH")

ROOT = Path(__file__).parents[2]
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
        page.on("dialog", lambda dialog: (noted.append(dialog.message), dialog.dismiss()))
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
    keys.type("the author knows")
    keys.press("Enter")
    page.wait_for_selector(".chip >> text=fine as it is")
    keys.press("w")
    page.wait_for_selector("#said >> text=Written")
    assert "Determinants" in (tmp_path / "article.fixed.txt").read_text(encoding="utf-8") or (
        "Government" in (tmp_path / "article.fixed.txt").read_text(encoding="utf-8")
    )
    assert noted == []
    assert "the author knows" in (tmp_path / "article.txt.refcheck-decisions.json").read_text()


def test_the_seed_article_from_a_shell(browser, tmp_path):
    """The command as a person runs it: accept, refuse, see it kept through a crash, write the files."""
    shutil.copy(ROOT / "seeds" / "xiaomi-second-ev.txt", tmp_path / "article.txt")
    shutil.copy(ROOT / "fixtures" / "libraries" / "ev-market.json", tmp_path)
    page = browser.new_page()
    page.set_default_timeout(SLOW_MS)

    def begun():
        run = subprocess.Popen(
            [sys.executable, "-m", "refcheck", "review", "article.txt", "--library", "ev-market.json", "--offline", "--no-browser"],
            cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path)},
        )  # fmt: skip
        page.goto(run.stdout.readline().strip())
        page.wait_for_selector(".candidate")
        return run

    run = begun()
    try:
        assert "36Kr" in page.inner_text(".quote mark")
        assert page.inner_text("#no-edits") == "Nothing yet."
        page.keyboard.press("x")
        page.wait_for_selector(".chip >> text=none of them")
        page.keyboard.press("n")
        page.keyboard.press("1")
        page.wait_for_selector("#edits ins")
        chosen = page.inner_text(".candidate.taken h3")[3:]
        assert chosen in page.inner_text("#bibliography")
        run.kill()
        run.wait()
        run = begun()
        assert page.inner_text("#counts").startswith("1 resolved, 0 to choose from, 1 still open")
        page.keyboard.press("w")
        page.wait_for_selector("#said >> text=Written")
    finally:
        run.kill()
        run.wait()
        page.close()
    fixed = (tmp_path / "article.fixed.txt").read_text(encoding="utf-8")
    assert chosen in fixed
    assert "[Insert Link to 36Kr Article Here]" in fixed
    assert {path.name for path in tmp_path.glob("article.*")} >= {
        "article.bib", "article.apa.md", "article.report.html", "article.report.json",
        "article.report.md",
    }  # fmt: skip


def test_a_search_streams(show, review_of, two_sources):
    """What one source answers is there to accept while another is still being asked."""
    page, noted, _, _ = show(review_of(library=[], **two_sources.settings))
    two_sources.slow.clear()
    page.keyboard.press("s")
    page.keyboard.type("other words")
    page.keyboard.press("Enter")
    page.wait_for_selector(".candidate >> text=of the fast source")
    assert page.locator(".candidate >> text=of the slow source").count() == 0
    assert "All have answered" not in page.inner_text("#asked")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.wait_for_selector(".candidate.taken >> text=of the fast source")
    two_sources.slow.set()
    page.wait_for_selector(".candidate >> text=of the slow source")
    page.wait_for_selector("#asked >> text=All have answered")
    assert noted == []


def test_a_doi_is_pasted_and_undone(show, review_of):
    """A DOI that a library has becomes a candidate; accepted it is in the list, undone it is not."""
    page, noted, _, _ = show(review_of())
    page.keyboard.press("j")
    page.wait_for_selector("button.mark.current >> text=Insert Link")
    page.keyboard.press("p")
    page.keyboard.type("https://doi.org/10.1016/j.rser.2016.11.250")
    page.keyboard.press("Enter")
    page.wait_for_selector("#said >> text=It is candidate")
    page.keyboard.press("Escape")
    number = page.inner_text("#said").split()[3]
    page.keyboard.press(number)
    page.wait_for_selector(".candidate.taken >> text=Review of electric vehicle policies")
    assert "Review of electric vehicle policies" in page.inner_text("#edits ins")
    page.keyboard.press("u")
    page.wait_for_selector(".candidate.taken", state="detached")
    assert page.locator("#edits li").count() == 0
    page.keyboard.press("p")
    page.keyboard.type("10.5555/unknown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#said >> text=is it written rightly?")
    assert [one for one in noted if "400" not in one] == []


def test_another_site_cannot_drive_it(browser, review_of, serve):
    """A page of another site, in the same browser, neither reads nor changes nor frames it."""
    review = review_of()
    address, _ = serve(review)
    page = browser.new_page()
    page.route(
        "http://other.example/", lambda route: route.fulfill(body="<p>x", content_type="text/html")
    )
    page.goto("http://other.example/")
    tried = page.evaluate(
        """async ([address, token, name]) => {
            const body = JSON.stringify({ finding: name, action: "reject", numbers: [] });
            const done = [];
            for (const mode of ["cors", "no-cors"]) {
                try {
                    const headers = mode === "cors" ? { "X-Refcheck-Token": token } : {};
                    const reply = await fetch(`${address}/api/decide`, { method: "POST", mode, headers, body });
                    done.push(reply.type === "opaque" ? "opaque" : reply.status);
                } catch { done.push("refused"); }
            }
            const frame = document.createElement("iframe");
            frame.src = `${address}/?token=${token}`;
            document.body.append(frame);
            await new Promise((next) => { frame.onload = next; setTimeout(next, 2000); });
            try { done.push(frame.contentDocument ? "open" : "closed"); } catch { done.push("closed"); }
            return done;
        }""",
        [address, TOKEN, review.names[0]],
    )
    assert "refused" in tried
    assert "closed" in tried
    assert not any(review.decision(name) for name in review.names)
    page.close()


def test_keys_are_told_and_can_be_switched_off(show, review_of):
    """The key ? opens a list of the keys; without its tick no letter does anything."""
    page, noted, _, _ = show(review_of())
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] >> text=next and previous finding")
    page.keyboard.press("j")
    assert page.inner_text("#where") == "1 of 2"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.keyboard.press("j")
    assert page.inner_text("#where") == "2 of 2"
    page.uncheck("#keys")
    page.keyboard.press("j")
    assert page.inner_text("#where") == "2 of 2"
    assert noted == []


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
    assert (
        page.locator(
            ":is(#finding, #edits, #bibliography, .quote) :is(img, svg, script, b, i)"
        ).count()
        == 0
    )
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
    """With 500 findings a step, and a decision with all that follows from it, is seen in 100 ms.

    Half of the tries count, so that a machine that is busy for a moment does not fail it.
    """
    text = "".join(
        f"Claim number {n} of the article stands here [citation needed].\n\n" for n in range(500)
    )
    page, noted, _, _ = show(review_of(text, []))
    assert page.inner_text("#where") == "1 of 500"
    took = """async ([key, seen]) => {
        const began = performance.now();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        while (!document.querySelector("#desk").innerText.includes(seen)) await new Promise(requestAnimationFrame);
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - began;
    }"""
    steps = [page.evaluate(took, ["j", f"{n} of 500"]) for n in range(2, 17)]
    decisions = []
    for _ in range(15):
        decisions.append(page.evaluate(took, ["x", "none of them"]))
        page.keyboard.press("j")
    print(f"steps {median(steps):.0f} ms, decisions {median(decisions):.0f} ms")  # noqa: T201
    assert median(steps) < 100
    assert median(decisions) < 100
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
