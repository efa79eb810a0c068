"""Executes a notebook in its own kernel, tells the progress, keeps the result and an HTML copy.

usage: execute.py NOTEBOOK RESULT [--seconds LIMIT]
"""

import argparse
import os
import pathlib
import shutil
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert import HTMLExporter

from interrupt import STARTUP


class Told(NotebookClient):
    """A client that shows which cell of a notebook runs and how far it says to be (else the last line it drew)."""

    def process_message(self, msg, cell, cell_index):
        data = msg["content"].get("data") if isinstance(msg["content"], dict) else None
        if data and "text/plain" in data:
            lines = [line.strip() for line in data["text/plain"].splitlines() if line.strip()]
            self.told(cell_index, ([line for line in lines if "%" in line] or lines or [""])[-1])
        return super().process_message(msg, cell, cell_index)

    async def async_execute_cell(self, cell, cell_index, **kwargs):
        if cell.cell_type == "code":
            self.told(cell_index, "", always=True)
        return await super().async_execute_cell(cell, cell_index, **kwargs)

    def told(self, cell_index, text, always=False):
        now = time.monotonic()
        self.begin = getattr(self, "begin", now)
        self.last = getattr(self, "last", 0.0)
        terminal = sys.stdout.isatty()
        if not always and now - self.last < (0.2 if terminal else 5):
            return
        self.last = now
        code = [i for i, cell in enumerate(self.nb.cells) if cell.cell_type == "code"]
        line = f"  {self.name} cell {code.index(cell_index) + 1}/{len(code)}  {now - self.begin:4.0f} s  {text}"
        if terminal:
            line = "\r" + line[: shutil.get_terminal_size().columns - 1] + "\x1b[K"
        print(line, end="" if terminal else "\n", flush=True)


def write(path, text):
    """Writes a file whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def page(nb, theme="light"):
    """The notebook as one page of HTML."""
    return HTMLExporter(theme=theme).from_notebook_node(nb)[0]


def execute(notebook, result, seconds):
    """Runs all cells; returns the executed notebook, the seconds it took and a problem or None.

    What the kernel process itself prints goes to a log beside the result. The result and its HTML
    copy are written even when a cell fails.
    """
    result.parent.mkdir(parents=True, exist_ok=True)
    nb = nbformat.read(notebook, as_version=4)
    problem = None
    start = time.monotonic()
    log = result.with_suffix(".log")
    with open(log, "w", encoding="utf-8") as kernel_output:
        client = Told(
            nb,
            timeout=int(seconds),
            startup_timeout=STARTUP,
            iopub_timeout=STARTUP,  # a busy machine may deliver the last outputs late
            interrupt_on_timeout=True,
            record_timing=False,  # so that only what a notebook draws changes when it's committed
            error_on_timeout={
                "ename": "Timeout",
                "evalue": f"the cell ran for more than {seconds:.0f} s",
                "traceback": [],
            },
            resources={"metadata": {"path": str(notebook.parent)}},
            log_level="CRITICAL",
        )
        client.name = notebook.stem
        try:
            client.execute(stdout=kernel_output, stderr=kernel_output)
        except CellExecutionError as error:
            problem = f"{error.ename}: {error.evalue}".splitlines()[0]
        except DeadKernelError:
            problem = f"the kernel died; its last words are in {log}"
    took = time.monotonic() - start
    if sys.stdout.isatty():
        print()
    write(result, nbformat.writes(nb))
    write(result.with_suffix(".html"), page(nb))
    return nb, took, problem


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", type=pathlib.Path)
    parser.add_argument("result", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=3600, help="a cell that runs longer hangs")
    options = parser.parse_args()
    if not options.notebook.is_file():
        sys.exit(f"no such notebook: {options.notebook}")
    print(f"nas: running {os.path.relpath(options.notebook)} in a Java kernel ...", flush=True)
    _, took, problem = execute(options.notebook.resolve(), options.result.resolve(), options.seconds)
    if problem:
        print(f"nas: stopped after {took:.0f} s: {problem}", file=sys.stderr)
    else:
        print(f"nas: done in {took:.0f} s.")
    print(f"nas: executed notebook  {options.result}")
    print(f"nas: HTML copy          {options.result.with_suffix('.html')}")
    sys.exit(1 if problem else 0)


if __name__ == "__main__":
    main()
