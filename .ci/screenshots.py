# ruff: noqa: INP001, S603, S101 (a script of the project's own, run by hand)
"""Takes the pictures of the documentation: `python .ci/screenshots.py` writes them to docs/images.

Needs a Chromium on the PATH and the extra `test`. Asks nobody: the seed article is reviewed with the
library of the fixtures.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
ARTICLE = "xiaomi-second-ev.txt"
OPTIONS = ("--library", "ev-market.json", "--offline")


def main() -> None:
    """Write the picture of the report and that of the review page."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("a Chromium is needed on the PATH")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        shutil.copy(ROOT / "seeds" / ARTICLE, folder)
        shutil.copy(ROOT / "fixtures" / "libraries" / "ev-market.json", folder)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        refcheck = [sys.executable, "-m", "refcheck"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": folder}
        subprocess.run(
            [*refcheck, "fix", ARTICLE, *OPTIONS, "--quiet"],
            cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        page.goto((Path(folder) / "xiaomi-second-ev.report.html").as_uri())
        page.click("nav li a >> nth=0")
        page.wait_for_timeout(300)
        page.screenshot(path=IMAGES / "report.png")
        review = subprocess.Popen(
            [*refcheck, "review", ARTICLE, *OPTIONS, "--no-browser"],
            cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert review.stdout
        page.goto(review.stdout.readline().strip())
        page.wait_for_selector(".candidate")
        page.keyboard.press("j")
        page.keyboard.press("1")
        page.wait_for_selector(".candidate.taken")
        page.screenshot(path=IMAGES / "review.png")
        review.terminate()
        review.wait(10)
        browser.close()


if __name__ == "__main__":
    main()
