"""Interrupts a running cell as the Stop button does, and checks what the next cell says.

usage: interrupt.py CASE.jsh ...

A case is a file of cells, parted by lines "// %%". All but the last two run first; the one before
the last is interrupted while it runs; the last must then give the text that is expected. Its head:

  // when: REGEX      interrupt once an output of the long cell holds this
  // expect: REGEX    what the outputs of the last cell hold
"""

import pathlib
import queue
import re
import sys
import time
from subprocess import DEVNULL

from jupyter_client.manager import start_new_kernel

# Seconds after which a cell, or the start of a kernel, hangs: some hundred times what they take.
LIMIT = 1800
STARTUP = 600


def spoken(message):
    content = message["content"]
    return content.get("text", "") or content.get("data", {}).get("text/plain", "") or content.get("evalue", "")


def outputs(client, code, on_message=lambda message: None):
    """Runs one cell; returns the messages that hold its outputs."""
    request = client.execute(code)
    messages, end = [], time.monotonic() + LIMIT
    while time.monotonic() < end:
        try:
            message = client.get_iopub_msg(timeout=1)
        except queue.Empty:
            continue
        if message["parent_header"].get("msg_id") != request:
            continue
        kind = message["msg_type"]
        if kind == "status" and message["content"]["execution_state"] == "idle":
            return messages
        if kind in ("stream", "execute_result", "display_data", "update_display_data", "error"):
            messages.append(message)
            on_message(message)
    raise TimeoutError(f"a cell didn't end within {LIMIT} s: {code.splitlines()[0]}")


def run(client, code, on_output=lambda text: None):
    """Runs one cell; returns all its outputs as text and whether it ended in an error."""
    said = []

    def heard(message):
        said.append(spoken(message))
        on_output("".join(said))

    messages = outputs(client, code, heard)
    return "".join(said), any(message["msg_type"] == "error" for message in messages)


def head(text, key):
    return re.search(rf"^// {key}: (.+)$", text, re.MULTILINE).group(1)


def interrupted(case, kernel="java"):
    """Runs one case; returns whether it holds, the claim and what was found."""
    source = case.read_text(encoding="utf-8")
    when, expect = head(source, "when"), head(source, "expect")
    *first, long, last = [cell.strip() for cell in re.split(r"^// %%.*$", source, flags=re.MULTILINE)[1:]]
    manager, client = start_new_kernel(kernel_name=kernel, startup_timeout=STARTUP, stdout=DEVNULL, stderr=DEVNULL)
    try:
        for cell in first:
            said, failed = run(client, cell)
            if failed:
                return False, f"{case.stem}: its first cells run", said
        sent = []

        def stop(said):
            if not sent and re.search(when, said):
                sent.append(time.monotonic())
                manager.interrupt_kernel()

        run(client, long, stop)
        if not sent:
            return False, f"{case.stem}: the long cell says /{when}/", "it ended first"
        took = time.monotonic() - sent[0]
        said, _ = run(client, last)
        claim = f"{case.stem}: after Stop the next cell says /{expect}/"
        return re.search(expect, said) is not None, claim, f"{said.strip()[:200]}; stopped in {took:.1f} s"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    cases = [interrupted(pathlib.Path(case)) for case in sys.argv[1:]]
    for holds, claim, found in cases:
        print(f"{'ok    ' if holds else 'FAILED'} {claim} ({found})")
    sys.exit(0 if cases and all(holds for holds, _, _ in cases) else 1)


if __name__ == "__main__":
    main()
