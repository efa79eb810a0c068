"""Runs notebooks by key press in JupyterLab and Notebook 7 in a headless Chromium, as a reader does.

usage: pressed.py CHROMIUM FOLDER   the pictures go to the folder
"""

import json
import pathlib
import re
import sys
import tempfile
import time
import urllib.request

import nbformat

from browser import blank_page, jupyter

NOTEBOOKS = pathlib.Path(__file__).resolve().parents[3] / "notebooks"
CHANGES = 3
# After so long a cell, or the start of a kernel, hangs: some sixty times what they take.
SECONDS = 1800
# Minutes of a notebook in seconds: the cells are the reader's, the trainings are short.
SHORTER = [(r"lowFidelity\(\d+\)", "lowFidelity(1)"), (r"Retrain\.of\(\d+\)", "Retrain.of(1)"),
           (r"\btrials\(\d+\)", "trials(3)"), (r"\bdata\(0\.\d+\)", "data(0.1)"),
           (r"\bstrategy\(DARTS\)", "strategy(DARTS.epochs(2))")]
# Stopped in mid-training: it would take minutes.
LONG = "var held = Nas.space(cells()).strategy(DARTS);\nheld.run();"
ANSWER = """String reason() { return held.result().map(SearchResult::reason).orElse("running"); }
for (int i = 0; i < 6_000 && reason().equals("running"); i++) Thread.sleep(100);
"the kernel answers, of the search: " + reason()"""
ANSWERS = "the kernel answers, of the search: interrupted"
# Every text that a bar has had, by the number of its cell; without the clock, which moves by itself.
WATCH = """() => {
  window.bars = {};
  const look = () => document.querySelectorAll('.jp-Notebook .jp-Cell').forEach((cell, at) => {
    const bar = [...cell.querySelectorAll('.jp-OutputArea-output')].find(o => o.querySelector('progress'));
    if (!bar) return;
    const text = bar.innerText.replace(/[0-9]+:[0-9]{2}/g, '').replace(/\\s+/g, ' ').trim();
    const seen = window.bars[at] ??= [];
    if (text && seen[seen.length - 1] !== text) seen.push(text);
  });
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def shortened(source):
    for pattern, less in SHORTER:
        source = re.sub(pattern, less, source)
    return source


def copy(name, folder, cells):
    """A notebook without outputs: the shortened cells of the one of that name, if any, and further ones."""
    source = NOTEBOOKS / f"{name}.ipynb"
    nb = nbformat.read(source, as_version=4) if name else nbformat.v4.new_notebook()
    nb.metadata["kernelspec"] = {"name": "java", "display_name": "Java", "language": "java"}
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.source, cell.outputs, cell.execution_count = shortened(cell.source), [], None
    nb.cells += [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(nb, folder / "pressed.ipynb")
    return [cell.cell_type == "code" for cell in nb.cells]


def wait_for_kernel(page, kernels):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with urllib.request.urlopen(kernels) as answer:
            if any(kernel["execution_state"] == "idle" and kernel["connections"] for kernel in json.load(answer)):
                return
        page.wait_for_timeout(300)
    raise TimeoutError(f"no kernel was ready within {SECONDS} s")


class Pressed:
    """One notebook in a browser; cells are run from the first to the last, each by Shift and Enter."""

    def __init__(self, page, app, url, token):
        self.page, self.app, self.at = page, app, 0
        path = "lab/tree" if app == "jupyterlab" else "notebooks"
        page.goto(f"{url}/{path}/pressed.ipynb?token={token}")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=SECONDS * 1000)
        # Before it has a kernel the page says "idle" too, and keys that run a cell do nothing.
        wait_for_kernel(page, f"{url}/api/kernels?token={token}")
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", timeout=SECONDS * 1000)
        page.evaluate(WATCH)
        page.locator(".jp-Notebook .jp-Cell").first.click()
        page.keyboard.press("Escape")

    def cell(self, at):
        return self.page.locator(".jp-Notebook .jp-Cell").nth(at)

    def begin(self):
        """Presses the keys that run the selected cell and select the next."""
        self.page.keyboard.press("Shift+Enter")
        self.at += 1
        return self.at - 1

    def end(self, at):
        """Waits until the cell has its number."""
        self.page.wait_for_function(
            "at => /\\[\\d+\\]/.test(document.querySelectorAll('.jp-Notebook .jp-Cell')[at]"
            ".querySelector('.jp-InputPrompt').innerText)", arg=at, timeout=SECONDS * 1000)
        return self.cell(at).locator(".jp-OutputArea-output").all_inner_texts()

    def bars(self):
        return {int(at): texts for at, texts in self.page.evaluate("window.bars").items()}

    def moved(self, at):
        """Waits until the bar of a running cell has had enough texts."""
        self.page.wait_for_function("([at, n]) => (window.bars[at] ?? []).length > n", arg=[at, CHANGES],
                                    timeout=SECONDS * 1000)

    def stop(self):
        """JupyterLab's keys, the other's button: each is the same command there."""
        if self.app == "jupyterlab":
            self.page.keyboard.press("i")
            self.page.keyboard.press("i")
        else:
            self.page.locator("[data-command='notebook:interrupt-kernel']").first.click()


def pressed(app, name, chromium, picture):
    """Runs the notebook of that name, if any, then a long search that is stopped; yields claims."""
    with tempfile.TemporaryDirectory(prefix="nas-press-") as home:
        home = pathlib.Path(home)
        folder = home / "notebooks"
        folder.mkdir()
        code = copy(name, folder, [LONG, ANSWER])
        with jupyter(folder, home, app) as (url, token), blank_page(chromium) as page:
            shown = Pressed(page, app, url, token)
            for is_code in code[:-2]:
                at = shown.begin()
                if is_code:
                    shown.end(at)
            errors = page.locator("[data-mime-type='application/vnd.jupyter.error'], "
                                  "[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts()
            long = shown.begin()
            shown.moved(long)
            asked = time.monotonic()
            shown.stop()
            shown.end(long)
            took = time.monotonic() - asked
            said = " ".join(shown.end(shown.begin()))
            bars = shown.bars()
            page.screenshot(path=str(picture))
    which = f"{app}: {name or 'a search'}"
    if name:
        yield not errors, f"{which} runs by key press, cell by cell, without an error", errors[0] if errors else ""
        most = max((len(texts) - 1 for at, texts in bars.items() if at != long), default=0)
        yield most >= CHANGES, f"{which} has a bar whose text changes {CHANGES} times", most
    changes = len(bars.get(long, [])) - 1
    yield changes >= CHANGES, f"{app}: the bar of a training changes {CHANGES} times", f"{changes}: {bars.get(long)}"
    yield re.search(ANSWERS, said), f"{app}: after Stop in mid-training the kernel answers", \
        f"{said}; stopped in {took:.1f} s"


CASES = [("jupyterlab", "01-quickstart"), ("notebook", "")]


def main():
    chromium, out = sys.argv[1], pathlib.Path(sys.argv[2])
    failed = 0
    for app, name in CASES:
        for holds, claim, found in pressed(app, name, chromium, out / f"pressed-{app}.png"):
            failed += not holds
            print(f"{'ok    ' if holds else 'FAILED'} {claim} ({found})", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
