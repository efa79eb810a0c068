"""Watches by key press, in JupyterLab's dark theme, what a reader sees while something runs.

usage: live.py CHROMIUM FOLDER   the pictures go to the folder

A dry run, a search of several seeds, a retraining, a comparison of estimators, and a search that is refused.
Their outputs are then looked at in the dark and in the light theme.
"""

import json
import pathlib
import re
import sys
import tempfile
import urllib.request

from browser import DARK, LIGHT, blank_page, jupyter
from pressed import Pressed, copy
from readable import looked

# An update may hold so many characters, and two may come a second.
CHARACTERS = 50_000
FIRST = """var brief = lowFidelity(2).data(0.05).resolution(14);
var search = Nas.space(nasBench201(8, 1)).estimator(brief);
var darts = DARTS.epochs(2).data(0.1);"""
# What runs, its cell, what its first frame says, what a later one says (a pattern: a fast
# machine leaves out an epoch), and how many cells it draws at once.
RUNS = [
    ("a dry run", "search.strategy(darts).dryRun()", "measuring: a few steps of DARTS, then", "3 random candidates", 0),
    ("a search of two seeds", "search.strategy(darts).seeds(2).run()", "preparing: ", "seed 2 of 2", 2),
    ("a search", "search.budget(trials(4)).run()", "preparing: ", "best so far: trial", 2),
    ("a retraining", "Nas.last().orElseThrow().retrain(Retrain.of(3).resolution(14))", "preparing: ", "epoch [1-3]/3", 0),
    ("a comparison", "search.trust(brief, lowFidelity(4).data(0.05).resolution(14)).and(SYNFLOW).architectures(5).run()",
     "preparing: ", "trust, 5 of 5: ", 0),
]
REFUSED = "Nas.space(cells()).estimator(tabular(CIFAR10)).run()"
# Every frame of the live output, by the number of its cell: when, its text, its length, its cells.
WATCH = """() => {
  window.frames_seen = {};
  const look = () => document.querySelectorAll('.jp-Notebook .jp-Cell').forEach((cell, at) => {
    const live = [...cell.querySelectorAll('.jp-OutputArea-output')].find(o => o.querySelector('progress'));
    if (!live) return;
    const html = live.innerHTML, seen = window.frames_seen[at] ??= [];
    if (seen.length && seen[seen.length - 1].html === html) return;
    seen.push({at: performance.now() / 1000, text: live.innerText, html,
               cells: live.querySelectorAll("img[alt^='Diagram']").length});
  });
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
# All of them at once: what is scrolled away is not looked at, nor what lies in a body without height as JupyterLab's.
TALL = {"width": 1400, "height": 6000}
OPEN = """() => {
  document.body.style.minHeight = '100vh';
  document.querySelectorAll('.jp-WindowedPanel-outer').forEach(panel => panel.scrollTop = 0);
}"""
DIM = "[...document.querySelectorAll('.jp-OutputArea-output')].find(o => o.querySelector('progress'))" \
      ".insertAdjacentHTML('beforeend', '<p style=\"color:#333\">dim</p>')"


def frames(page, at):
    return page.evaluate("at => (window.frames_seen[at] ?? []).map(f => ({...f, html: '', size: f.html.length}))", at)


def watched(what, seen, first, later, cells, took):
    """What must hold of the frames of one run."""
    texts = [frame["text"] for frame in seen]
    yield texts and first in texts[0], f"{what}: the first frame says '{first}'", texts[0][:120] if texts else "none"
    yield any(re.search(later, text) for text in texts), f"{what}: a later frame says '{later}'", f"{len(seen)} frames"
    yield texts and "preparing" not in texts[-1], f"{what}: no preparation is left in the end", ""
    most = max((frame["size"] for frame in seen), default=0)
    yield most <= CHARACTERS, f"{what}: no frame has more than {CHARACTERS} characters", most
    # what is prepared, what follows at once and the last frame come on top
    yield len(seen) <= 2 * took + 3, f"{what}: two frames a second at most", f"{len(seen)} in {took:.1f} s"
    drawn = max((frame["cells"] for frame in seen), default=0)
    yield drawn >= cells, f"{what}: {cells} cells are drawn beside each other", drawn


def readable(page, theme):
    page.set_viewport_size(TALL)
    page.evaluate(OPEN)
    dark = page.evaluate("document.body.dataset.jpThemeLight") == "false"
    found, good = looked(page)
    yield dark == (theme == DARK) and good >= 20 and not found, f"{theme}: every text of a live output has contrast", \
        "; ".join(found[:3]) or f"{good} texts"


def live(chromium, out):
    """Yields claims."""
    with tempfile.TemporaryDirectory(prefix="nas-live-") as home:
        home = pathlib.Path(home)
        folder = home / "notebooks"
        folder.mkdir()
        copy("", folder, [FIRST, *(cell for _, cell, *_ in RUNS), REFUSED])
        with jupyter(folder, home, theme=DARK) as (url, token), blank_page(chromium) as page:
            shown = Pressed(page, "jupyterlab", url, token)
            page.evaluate(WATCH)
            shown.end(shown.begin())
            for what, _, first, later, cells in RUNS:
                begun = page.evaluate("performance.now() / 1000")
                at = shown.begin()
                shown.end(at)
                took = page.evaluate("performance.now() / 1000") - begun
                seen = frames(page, at)
                yield from watched(what, seen, first, later, cells, took)
                if seen:
                    wait = seen[0]["at"] - begun
                    yield True, f"{what}: seconds from the key to the first frame", f"{wait:.2f}"
            at = shown.begin()
            shown.end(at)
            said = shown.cell(at).locator(".jp-OutputArea-output").all_inner_texts()
            left = shown.cell(at).locator("progress, img").count()
            yield any("Try" in text or "nas-bench-201" in text for text in said) and left == 0, \
                "a search that is refused leaves its error and no picture", " | ".join(said)[:200]
            yield from readable(page, DARK)
            page.screenshot(path=str(out / "live-dark.png"))
            page.evaluate(DIM)
            dim, _ = looked(page)
            yield len(dim) == 1 and ">dim<" in dim[0], "dark words on the dark page are found", "; ".join(dim)
            page.keyboard.press("Control+S")
            page.wait_for_selector(".jp-mod-current:not(.jp-mod-dirty)")
            themes = f"{url}/lab/api/settings/@jupyterlab/apputils-extension:themes?token={token}"
            put = urllib.request.Request(themes, json.dumps({"raw": json.dumps({"theme": LIGHT})}).encode(), method="PUT")
            urllib.request.urlopen(put).close()
            page.reload()
            page.wait_for_selector(".jp-OutputArea-output progress", state="visible")
            yield from readable(page, LIGHT)


def main():
    chromium, out = sys.argv[1], pathlib.Path(sys.argv[2])
    failed = 0
    for holds, claim, found in live(chromium, out):
        failed += not holds
        print(f"{'ok    ' if holds else 'FAILED'} {claim} ({found})", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
