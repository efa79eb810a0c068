"""Checks what a reader's hands expect of a cell: completion, Shift-Tab, and parameters by papermill.

usage: habits.py
"""

import pathlib
import sys
import tempfile
from subprocess import DEVNULL

import nbformat
import papermill
from jupyter_client.manager import start_new_kernel

from interrupt import LIMIT, STARTUP, run

# What is typed, where the cursor is (after so many characters), and what must be offered.
COMPLETED = [("Nas.hel", "help("), ("lowFid", "lowFidelity("), ("DARTS.epo", "epochs("),
             ("Nas.space(cells()).strat", "strategy(")]
# Shift-Tab within a name, what its parameters are, and a word of its Javadoc.
TOLD = [("lowFidelity(1)", 3, "TrainingEstimator Nas.lowFidelity(int epochs)", "Trains each candidate briefly"),
        ("Nas.space(cells())", 6, "Search Nas.space(SearchSpace space)", "Begins a search"),
        ("DARTS.epochs(2)", 8, "epochs(int epochs)", "how many epochs the supernet is trained")]
COUNT = "int count = 20;\nString strategy = \"none\";"
USE = "var found = Nas.space(nasBench201()).estimator(tabular(CIFAR10)).budget(trials(count)).quiet().run();\n" \
      "\"strategy \" + strategy + \", \" + found.history().size() + \" trials\""


def answer(client, request):
    """What the kernel replies to one request."""
    while True:
        message = client.get_shell_msg(timeout=LIMIT)
        if message["parent_header"].get("msg_id") == request:
            return message["content"]


def typed(kernel="java"):
    """Completion and Shift-Tab; yields claims."""
    manager, client = start_new_kernel(kernel_name=kernel, startup_timeout=STARTUP, stdout=DEVNULL, stderr=DEVNULL)
    try:
        run(client, "1")  # the imports are there once a cell has run
        for code, wanted in COMPLETED:
            offered = answer(client, client.complete(code, len(code)))["matches"]
            yield wanted in offered, f"Tab after '{code}' offers '{wanted}'", offered[:5]
        for code, at, parameters, javadoc in TOLD:
            told = answer(client, client.inspect(code, at))["data"].get("text/plain", "")
            yield parameters in told and javadoc in told, f"Shift-Tab in '{code}' tells its parameters and its Javadoc", \
                " ".join(told.split())[:160]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def parameterised(kernel="java"):
    """A notebook that papermill runs with other values than it was written with; yields claims."""
    cell = nbformat.v4.new_code_cell(COUNT, metadata={"tags": ["parameters"]})
    nb = nbformat.v4.new_notebook(cells=[cell, nbformat.v4.new_code_cell(USE)])
    nb.metadata["kernelspec"] = {"name": kernel, "display_name": "Java", "language": "java"}
    with tempfile.TemporaryDirectory(prefix="nas-papermill-") as folder:
        source, result = pathlib.Path(folder, "in.ipynb"), pathlib.Path(folder, "out.ipynb")
        nbformat.write(nb, source)
        for given, wanted in (({}, "strategy none, 20 trials"), ({"count": 50, "strategy": "random"},
                                                                 "strategy random, 50 trials")):
            papermill.execute_notebook(source, result, given, language=".net-csharp", progress_bar=False,
                                       start_timeout=STARTUP, execution_timeout=LIMIT)
            outputs = nbformat.read(result, as_version=4).cells[-1].outputs
            said = " ".join(output.get("data", {}).get("text/plain", "") for output in outputs)
            yield wanted in said, f"papermill with {given or 'no values'}: '{wanted}'", said[:120]


def habits():
    yield from typed()
    yield from parameterised()


def main():
    failed = 0
    for holds, claim, found in habits():
        failed += not holds
        print(f"{'ok    ' if holds else 'FAILED'} {claim} ({found})", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
