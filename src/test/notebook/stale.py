"""Whether what a notebook was committed with is what a run of it shows today, and where it isn't.

usage: stale.py COMMITTED EXECUTED   prints what is stale; exit status 1 where something is

Runs differ by machine: times, scores, the networks that are found. So the two are compared by what
may not differ: cell by cell the code, the kinds of the outputs, how many drawings there are and what
they are called, the headers of tables, and the text with numbers, sparklines, operations and verdicts masked.
A line of text may come more or less often (a search may end earlier); a cell's text is stale where
less than half of the committed lines is said again.
"""

import html
import re
import sys

import nbformat

OPERATION = (r"\b(?:none|skip(?:_connect)?|identity|(?:nor|sep|dil|fac|max|avg|group|mb)(?:_conv|_pool|conv)?[ _]"
             r"[0-9]x[0-9]|(?:conv|max_pool|avg_pool|gated_conv)_[0-9]x[0-9]|relu|elu|silu|tanh|gelu)\b")
VERDICT = r"(?:undecided: |better than luck: |no better than luck: ).*(?:confidence|random scores\))"
MASKS = [
    (re.compile(r"\x1b\[[0-9;]*m"), ""),
    (re.compile(VERDICT), "VERDICT"),
    (re.compile("[\u2581-\u2588]+"), "~"),
    (re.compile(OPERATION), "OP"),
    (re.compile(r"(?:\b[\w-]+-)?\b[0-9a-f]{10,}\b"), "HASH"),
    (re.compile(r"[-+\u2212]?\b[0-9][0-9.,:]*(?:e[-+]?[0-9]+)?"), "#"),
    (re.compile(r"\b(?:ms|s|min|h|MB|GB|KiB|kB)\b"), "UNIT"),
    # told on Linux only
    (re.compile(r",? memory # UNIT"), ""),
    (re.compile(r"OP(?:[ ,>\u2192]+OP)*(?:[ ,]*\u2026)?"), "OP"),
    (re.compile(r"\s+"), " "),
]
DRAWING = re.compile(r"<img [^>]*data:image/svg\+xml[^>]*>")
ALT = re.compile(r'alt="([^"]*)"')
HEADER = re.compile(r"<th\b[^>]*>(.*?)</th>", re.S)
TAG = re.compile(r"<[^>]+>")
SAID_AGAIN = 0.5


def masked(text, varies=()):
    """The text without what differs from run to run."""
    for pattern in varies:
        text = re.sub(pattern, "VARIES", text)
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text.strip()


def joined(value):
    return "".join(value) if isinstance(value, list) else value or ""


def kinds(cell):
    """The outputs in order; what is printed in pieces is one, what was taken back (a dry run's progress) none."""
    found = []
    for output in cell.get("outputs", []):
        if output.get("data") and not any(map(joined, output["data"].values())):
            continue
        kind = output.output_type
        kind += " " + output.name if kind == "stream" else " " + ", ".join(sorted(output.get("data", {})))
        if kind.startswith("stream") and found[-1:] == [kind]:
            continue
        found.append(kind)
    return found


def pages(cell):
    return "".join(joined(output.get("data", {}).get("text/html")) for output in cell.get("outputs", []))


def drawings(cell, varies):
    """What each drawing is called, by the words that a screen reader says."""
    return [masked(html.unescape("".join(ALT.findall(image))), varies) for image in DRAWING.findall(pages(cell))]


def headers(cell):
    return [masked(html.unescape(TAG.sub("", header))) for header in HEADER.findall(pages(cell))]


def lines(cell, varies):
    """The different lines of the text."""
    text = "\n".join(joined(output.get("text")) or joined(output.get("data", {}).get("text/plain"))
                     for output in cell.get("outputs", []))
    return {line for line in (masked(line, varies) for line in text.splitlines()) if line}


def of_cell(old, new, varies):
    """What is stale in one cell."""
    if joined(old.source) != joined(new.source):
        return ["its source"]
    found = []
    for what, before, after in (
            ("the kinds of its outputs", kinds(old), kinds(new)),
            ("its drawings", drawings(old, varies), drawings(new, varies)),
            ("the headers of its tables", headers(old), headers(new))):
        if before != after:
            found.append(f"{what}: {before} then, {after} now")
    before, after = lines(old, varies), lines(new, varies)
    if len(before & after) < SAID_AGAIN * len(before):
        found.append(f"its text, for example {sorted(before - after)[0]!r}")
    return found


def stale(committed, executed, varies=()):
    """Every difference that a machine does not explain, each beginning with its cell."""
    if len(committed.cells) != len(executed.cells):
        return [f"{len(committed.cells)} cells then, {len(executed.cells)} now"]
    return [f"cell {i}: {what}"
            for i, (old, new) in enumerate(zip(committed.cells, executed.cells))
            for what in of_cell(old, new, varies)]


if __name__ == "__main__":
    differences = stale(*(nbformat.read(file, as_version=4) for file in sys.argv[1:3]))
    print("\n".join(differences) or "nothing is stale")
    sys.exit(1 if differences else 0)
