"""Executes notebooks in the real Java kernel and checks what they drew; last line "N passed, M failed".

usage: check.py --out FOLDER [--browser CHROMIUM] [--parts FILE] [--at-once N] [NAME ...]

Every notebook must run without an error, a word on stderr, a drawing that cannot be drawn, or an output that GitHub, VS Code or an
untrusted notebook would not show (see rules.py).
expectations.json says what else one must hold, by its name:

  seconds    what the whole notebook takes on the reference machine (default 300); told, and measured
             against a calibration made just before (see times.py); only a hang is a failure
  types      MIME types that some one output must have, all of them
  drawings   how many drawings (SVG images in HTML) at least; each has shapes
  progress   true: there is a progress bar, and the last frame of each says 100 %
  patterns   regular expressions that the text of the outputs must hold
  floors     numbers that must be reached; each names its row and says why the bound is there:
               row     regular expression that the line begins with; the last such line counts
               number  which number behind it, 1 the first (default), -1 the last
               least   and/or most: the bounds
               why     what many seeds reach, and what a broken search does
  committed  true: the notebook in the repository holds its drawings, to be read without a kernel, and
             nothing of it is stale (see stale.py)
  varies     regular expressions of text that differs from run to run, besides numbers and operations
  browser    true: JupyterLab shows its drawings

Numbers may be written with a point or a comma: a kernel follows the reader's locale.

Without names, the cases of interrupts/ are checked too (see interrupt.py), what a reader without good eyes
misses in the pages (see readable.py), completion and papermill (see habits.py) and, with a browser, what hostile names
do (see hostile.py), what is shown while something runs (see live.py), what key presses do (see pressed.py). Notebooks that run at once
share the cores: each kernel, and the calibration before it, gets its part of them as native threads.
"""

import argparse
import base64
import json
import os
import pathlib
import re
import sys
import time
import traceback
from xml.etree import ElementTree

import nbformat

from browser import shown_drawings
from execute import execute, page as html_page
from interrupt import interrupted
from pressed import CASES, pressed
from habits import habits
from hostile import HARMFUL, harm, kernel_classpath, write_pages
from live import live
from readable import DIM, UNREADABLE, unreadable
from rules import broken
from stale import stale
from summary import summary
from times import Times, calibration
from together import exit_on_sigterm, together

HERE = pathlib.Path(__file__).resolve().parent
NOTEBOOKS = HERE.parents[2] / "notebooks"
KEYS = {"seconds", "types", "drawings", "progress", "patterns", "floors", "committed", "varies", "browser"}
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
FLOOR_KEYS = {"row", "number", "least", "most", "why"}
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
DATA_URI = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


class Report:
    """Counts claims, and prints each with what was found."""

    def __init__(self):
        self.passed = self.failed = 0

    def claim(self, holds, what, found=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
        print(f"{'ok    ' if holds else 'FAILED'} {what}{f' ({found})' if found != '' else ''}", flush=True)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed


def outputs(nb):
    return [output for cell in nb.cells for output in cell.get("outputs", [])]


def data(output, mime):
    value = output.get("data", {}).get(mime, "")
    return "".join(value) if isinstance(value, list) else value


def text(nb):
    """All that a reader without graphics would see."""
    return "\n".join(output.get("text", "") or data(output, "text/plain") for output in outputs(nb))


def drawings(nb):
    """The SVG images in HTML: the one form that an untrusted notebook shows."""
    return [base64.b64decode(found).decode("utf-8")
            for output in outputs(nb) for found in DATA_URI.findall(data(output, "text/html"))]


def shapes(svg):
    """How many shapes the drawing has; raises ParseError where it is no XML."""
    root = ElementTree.fromstring(svg)
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        return 0
    return sum(element.tag.rpartition("}")[2] in SHAPES for element in root.iter())


def drawn(svgs):
    """The counts of shapes, or what is wrong with the first bad drawing."""
    counts = []
    for svg in svgs:
        try:
            counts.append(shapes(svg))
        except ElementTree.ParseError as error:
            return False, f"not XML: {error}"
    return all(counts), f"shapes: {counts}"


def number_of(floor, words):
    """The number that a floor speaks of, or None."""
    row = re.compile(floor["row"])
    behind = [line[found.end():] for line in words.splitlines() if (found := row.match(line))]
    numbers = NUMBER.findall(behind[-1]) if behind else []
    at = floor.get("number", 1)
    at = at - 1 if at > 0 else at
    if not -len(numbers) <= at < len(numbers):
        return None
    return float(numbers[at].replace(",", "."))


def check_floor(report, name, floor, words):
    value = number_of(floor, words)
    least, most = floor.get("least", float("-inf")), floor.get("most", float("inf"))
    bounds = " and ".join(f"at {kind} {floor[kind]}" for kind in ("least", "most") if kind in floor)
    complete = set(floor) <= FLOOR_KEYS and "why" in floor and bounds
    report.claim(complete and value is not None and least <= value <= most,
                 f"{name}: /{floor['row']}/ is {bounds}", "not found" if value is None else value)


def check_result(report, name, nb, problem, expected):
    """The claims about one executed notebook."""
    report.claim(problem is None, f"{name} runs to its end", problem or "")
    errors = [f"{o.ename}: {o.evalue}" for o in outputs(nb) if o.output_type == "error"]
    report.claim(not errors, f"{name} has no error output", errors[0] if errors else "")
    noise = [o.text for o in outputs(nb) if o.output_type == "stream" and o.name == "stderr"]
    report.claim(not noise, f"{name} is silent on stderr", noise[0].strip() if noise else "")
    svgs = drawings(nb) + [data(o, "image/svg+xml") for o in outputs(nb) if data(o, "image/svg+xml")]
    if svgs:
        report.claim(*(lambda good, found: (good, f"{name} draws shapes in every drawing", found))(*drawn(svgs)))
    silent = [o for o in outputs(nb) if data(o, "text/html") and not data(o, "text/plain").strip()]
    report.claim(not silent, f"{name} has words beside every HTML output", len(silent))
    taken = [line for output in outputs(nb) if "data" in output for line in broken(output["data"])]
    report.claim(not taken, f"{name} is drawn where no script runs and nobody trusts it", "; ".join(taken[:3]))
    if "types" in expected:
        types = set(expected["types"])
        report.claim(any(types <= set(o.get("data", {})) for o in outputs(nb)),
                     f"{name} has an output of the types {', '.join(sorted(types))}")
    if "drawings" in expected:
        count = len(drawings(nb))
        report.claim(count >= expected["drawings"], f"{name} has {expected['drawings']} or more drawings", count)
    if expected.get("progress"):
        last = [re.findall(r"(\d+)\s*%", data(o, "text/plain"))[-1:]
                for o in outputs(nb) if "<progress" in data(o, "text/html")]
        report.claim(last != [] and all(frame == ["100"] for frame in last),
                     f"{name} ends its progress at 100 %", last)
    words = text(nb)
    for pattern in expected.get("patterns", []):
        report.claim(re.search(pattern, words), f"{name} says /{pattern}/")
    for floor in expected.get("floors", []):
        check_floor(report, name, floor, words)


def seconds(expected):
    return expected.get("seconds", 300)


def check_notebook(report, times, source, out, expected, browser):
    name = source.stem
    result = out / source.name
    target = seconds(expected)
    factor = calibration()
    nb, took, problem = execute(source, result, times.limit(target, factor))
    runs, words = times.add(name, took, target, factor)
    report.claim(runs, f"{name} doesn't hang: {words}")
    check_result(report, name, nb, problem, expected)
    if expected.get("committed"):
        committed = nbformat.read(source, as_version=4)
        kept = drawings(committed)
        least = expected.get("drawings", 1)
        report.claim(len(kept) >= least, f"{name} is committed with its drawings", len(kept))
        if problem is None:
            differences = stale(committed, nb, expected.get("varies", []))
            report.claim(not differences, f"{name} is committed as it runs today", "; ".join(differences))
    if browser and expected.get("browser"):
        shot = out.parent / f"jupyterlab-{name}.png"
        wanted = len(drawings(nb))
        sizes = shown_drawings(result, browser, shot, wanted)
        report.claim(wanted > 0 and len(sizes) >= wanted and all(w > 0 and h > 0 for w, h in sizes),
                     f"{name}: JupyterLab shows its {wanted} drawings", f"sizes {sizes}, picture {shot}")


def attempt(report, name, check):
    """A check that breaks is a failed check, and the next ones still run."""
    try:
        check()
    except Exception as error:
        traceback.print_exc()
        report.claim(False, f"{name} can be checked", f"{type(error).__name__}: {error}")


def checked(task):
    """One notebook, in a process of its own: its report and the row of its time."""
    source, out, expected, browser = task
    report, times = Report(), Times(out)
    attempt(report, source.stem, lambda: check_notebook(report, times, source, out, expected, browser))
    return report, times.rows


def press(task):
    """One notebook run by key presses, in a process of its own."""
    (app, name), browser, out = task
    report = Report()
    picture = out.parent / f"pressed-{app}.png"
    attempt(report, app, lambda: [report.claim(*claim) for claim in pressed(app, name, browser, picture)])
    return report


def press_all(report, browser, out, at_once):
    tasks = [(case, browser, out) for case in CASES]
    for (case, *_), part in together(press, tasks, at_once):
        report.claim(part is not None, f"{case[0]} is driven to its end")
        report.add(part or Report())


def dark_page(notebook, page):
    """The executed notebook as a page in the dark theme."""
    page.write_text(html_page(nbformat.read(notebook, as_version=4), "dark"), encoding="utf-8")
    return page


def check_pages(report, names, browser, out):
    """No reader is left out by colours or by a picture without words, in any executed page, light or dark."""
    wrong, dim = out / "unreadable.html", out / "unreadable-dark.html"
    wrong.write_text(UNREADABLE, encoding="utf-8")
    dim.write_text(html_page(nbformat.v4.new_notebook(cells=[DIM]), "dark"), encoding="utf-8")
    (_, found, _), (_, hidden, _) = unreadable([wrong, dim], browser)
    report.claim([line.split(":")[0] for line in found] == ["color-contrast", "image-alt", "contrast 1.36"],
                 "pale text, a picture without words and pale text in a drawing are found", "; ".join(found))
    report.claim([line.split(":")[0] for line in hidden] == ["color-contrast"],
                 "dark words on a dark page are found", "; ".join(hidden))
    pages = [out / f"{name}.html" for name in names if (out / f"{name}.html").exists()]
    pages += [dark_page(page.with_suffix(".ipynb"), page.with_name(f"{page.stem}-dark.html")) for page in pages]
    for page, found, drawings in unreadable(pages, browser):
        report.claim(not found, f"{page.stem}: every text has contrast, every picture words",
                     "; ".join(found[:3]) or f"{drawings} drawings")


def check_hostile(report, browser, out):
    """Names that are written to do harm do none in any view, and no view asks another machine for anything."""
    folder = out / "hostile"
    write_pages(kernel_classpath(), folder)
    wrong = folder / "harmful.htm"
    wrong.write_text(HARMFUL, encoding="utf-8")
    (_, found, _), = harm([wrong], browser)
    report.claim({line.split()[0] for line in found} == {"fetches", "ran:", "leads"},
                 "a script that runs, a picture from elsewhere and a link that runs are found", "; ".join(found))
    pages = sorted(folder.glob("*.html"))
    harmful, drawings = [], 0
    for page, found, frames in harm(pages, browser):
        harmful += [f"{page.name}: {line}" for line in found]
        drawings += frames
    report.claim(len(pages) >= 40 and drawings >= 160 and not harmful,
                 "no hostile name runs, leads or fetches anything in any view",
                 "; ".join(harmful[:3]) or f"{len(pages)} pages, {drawings} drawings")


def check_all(report, times, tasks, at_once):
    """Each notebook, the longest first, so that the last ones end together."""
    if at_once > 1:
        os.environ.setdefault("OMP_NUM_THREADS", str(max(1, os.cpu_count() // at_once)))
    longest_first = sorted(tasks, key=lambda task: -seconds(task[2]))
    for (source, *_), result in together(checked, longest_first, at_once):
        part, rows = result or (Report(), [])
        report.claim(result is not None, f"{source.stem} is checked to its end")
        report.add(part)
        times.rows += rows
        times.keep()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="notebooks to check, default all")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--notebooks", type=pathlib.Path, default=NOTEBOOKS)
    parser.add_argument("--expectations", type=pathlib.Path, default=HERE / "expectations.json")
    parser.add_argument("--browser", help="path of a Chromium; without it nothing is shown")
    parser.add_argument("--parts", type=pathlib.Path, help="what `nas test` did before: seconds TAB what")
    parser.add_argument("--at-once", type=int, default=1, help="how many notebooks run beside each other")
    options = parser.parse_args()
    exit_on_sigterm()
    began = time.monotonic()
    expectations = json.loads(options.expectations.read_text(encoding="utf-8"))
    report = Report()
    times = Times(options.out.resolve())
    files = {file.stem: file for file in sorted(options.notebooks.resolve().glob("*.ipynb"))}
    names = [name.removesuffix(".ipynb") for name in options.names] if options.names else list(files)
    report.claim(names, "there are notebooks", len(names))
    for name, expected in expectations.items():
        unknown = set(expected) - KEYS
        report.claim(name in files and not unknown,
                     f"the expectations of {name} belong to a notebook", ", ".join(unknown))
    for name in names:
        if name not in files:
            report.claim(False, f"{name} is a notebook in {options.notebooks}")
    tasks = [(files[name], options.out.resolve(), expectations.get(name, {}), options.browser)
             for name in names if name in files]
    check_all(report, times, tasks, options.at_once)
    for case in [] if options.names else sorted((HERE / "interrupts").glob("*.jsh")):
        attempt(report, case.name, lambda: report.claim(*interrupted(case)))
    if not options.names:
        attempt(report, "habits", lambda: [report.claim(*claim) for claim in habits()])
    if options.browser:
        attempt(report, "readable", lambda: check_pages(report, names, options.browser, options.out.resolve()))
        if not options.names:
            attempt(report, "hostile", lambda: check_hostile(report, options.browser, options.out.resolve()))
            attempt(report, "live", lambda: [report.claim(*claim) for claim in live(options.browser, options.out.resolve().parent)])
            press_all(report, options.browser, options.out.resolve(), options.at_once)
    if options.parts:
        print(summary(options.out.resolve().parent, options.parts, times.rows, began))
    print(f"{report.passed} passed, {report.failed} failed")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
