"""Measures how long a reader waits for a search's first picture in the real Java kernel, cold and warm.

usage: first_picture.py ROUNDS   in the Python environment whose kernel `java` knows nas4j (./nas setup)

Cold: from the start of the kernel's process. Warm: from the moment the cell is sent, in a kernel that has run
the same cell before. The search is stopped as soon as its picture is there.
"""

import pathlib
import statistics
import sys
import time
from subprocess import DEVNULL

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "test/notebook"))
from interrupt import STARTUP, outputs  # noqa: E402
from jupyter_client.manager import start_new_kernel  # noqa: E402

CELL = "var neverAssigned = Nas.space(cells()).strategy(DARTS).run();"


def picture(manager, client):
    """Seconds until the cell has drawn something."""
    sent, shown = time.monotonic(), []

    def stop(message):
        html = str(message["content"].get("data", {}).get("text/html"))
        if message["msg_type"] == "display_data" and "<progress" in html and not shown:
            shown.append(time.monotonic() - sent)
            manager.interrupt_kernel()

    outputs(client, CELL, stop)
    return shown[0]


def main():
    rounds = int(sys.argv[1])
    ready, cold, warm = [], [], []
    for _ in range(rounds):
        start = time.monotonic()
        manager, client = start_new_kernel(kernel_name="java", startup_timeout=STARTUP, stdout=DEVNULL, stderr=DEVNULL)
        try:
            ready.append(time.monotonic() - start)
            picture(manager, client)
            cold.append(time.monotonic() - start)
            warm += [picture(manager, client) for _ in range(3)]
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    for what, seconds in (("kernel ready", ready), ("cold start to first picture", cold), ("warm run() to first picture", warm)):
        print(f"{what:28} median {statistics.median(seconds):5.2f} s, {min(seconds):.2f} to {max(seconds):.2f} ({len(seconds)})")


if __name__ == "__main__":
    main()
