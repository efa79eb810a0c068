"""Executes notebooks in the real Java kernel and checks what they drew; last line "N passed, M failed".

usage: check.py --out FOLDER [--browser CHROMIUM] [NAME ...]

Every notebook must run without an error, a word on stderr or a drawing that cannot be drawn.
expectations.json says what else one must hold, by its name:

  seconds    limit for the whole notebook (default 300)
  types      MIME types that some one output must have, all of them
  drawings   how many drawings (SVG images in HTML) at least; each has shapes
  progress   true: there is a progress bar, and the last frame of each says 100 %
  patterns   regular expressions that the text of the outputs must hold
  floors     regular expression with one group -> the least value of the last number it finds
  committed  true: the notebook in the repository holds its drawings, to be read without a kernel
  browser    true: JupyterLab shows its drawings

Without names, the cases of interrupts/ are checked too (see interrupt.py).
"""

import argparse
import base64
import json
import pathlib
import re
import sys
import traceback
from xml.etree import ElementTree

import nbformat

from browser import shown_drawings
from execute import execute
from interrupt import interrupted

HERE = pathlib.Path(__file__).resolve().parent
NOTEBOOKS = HERE.parents[2] / "notebooks"
KEYS = {"seconds", "types", "drawings", "progress", "patterns", "floors", "committed", "browser"}
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
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


def check_result(report, name, nb, took, problem, expected):
    """The claims about one executed notebook."""
    limit = expected.get("seconds", 300)
    report.claim(problem is None, f"{name} runs to its end", problem or "")
    report.claim(took <= limit, f"{name} takes at most {limit} s", f"{took:.0f} s")
    errors = [f"{o.ename}: {o.evalue}" for o in outputs(nb) if o.output_type == "error"]
    report.claim(not errors, f"{name} has no error output", errors[0] if errors else "")
    noise = [o.text for o in outputs(nb) if o.output_type == "stream" and o.name == "stderr"]
    report.claim(not noise, f"{name} is silent on stderr", noise[0].strip() if noise else "")
    svgs = drawings(nb) + [data(o, "image/svg+xml") for o in outputs(nb) if data(o, "image/svg+xml")]
    if svgs:
        report.claim(*(lambda good, found: (good, f"{name} draws shapes in every drawing", found))(*drawn(svgs)))
    silent = [o for o in outputs(nb) if data(o, "text/html") and not data(o, "text/plain").strip()]
    report.claim(not silent, f"{name} has words beside every HTML output", len(silent))
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
    for pattern, least in expected.get("floors", {}).items():
        found = re.findall(pattern, words)
        report.claim(found and float(found[-1]) >= least, f"{name}: /{pattern}/ is at least {least}",
                     found[-1] if found else "not found")


def check_notebook(report, source, out, expected, browser):
    name = source.stem
    result = out / source.name
    nb, took, problem = execute(source, result, expected.get("seconds", 300))
    check_result(report, name, nb, took, problem, expected)
    if expected.get("committed"):
        kept = drawings(nbformat.read(source, as_version=4))
        least = expected.get("drawings", 1)
        report.claim(len(kept) >= least, f"{name} is committed with its drawings", len(kept))
    if browser and expected.get("browser"):
        shot = out.parent / f"jupyterlab-{name}.png"
        wanted = len(drawings(nb))
        sizes = shown_drawings(result, browser, shot, wanted)
        report.claim(wanted > 0 and len(sizes) >= wanted and all(w > 0 and h > 0 for w, h in sizes),
                     f"{name}: JupyterLab shows its {wanted} drawings", f"sizes {sizes}, picture {shot}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="notebooks to check, default all")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--notebooks", type=pathlib.Path, default=NOTEBOOKS)
    parser.add_argument("--expectations", type=pathlib.Path, default=HERE / "expectations.json")
    parser.add_argument("--browser", help="path of a Chromium; without it nothing is shown")
    options = parser.parse_args()
    expectations = json.loads(options.expectations.read_text(encoding="utf-8"))
    report = Report()
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
    steps = [(name, lambda name=name: check_notebook(
        report, files[name], options.out.resolve(), expectations.get(name, {}), options.browser))
        for name in names if name in files]
    if not options.names:
        steps += [(case.name, lambda case=case: report.claim(*interrupted(case)))
                  for case in sorted((HERE / "interrupts").glob("*.jsh"))]
    for name, step in steps:
        try:
            step()
        except Exception as error:  # a check that breaks is a failed check, and the next ones still run
            traceback.print_exc()
            report.claim(False, f"{name} can be checked", f"{type(error).__name__}: {error}")
    print(f"{report.passed} passed, {report.failed} failed")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
