"""How fast this machine is, against the one on which the notebooks' times were measured.

usage: times.py   prints the calibration
"""

import json
import pathlib
import re
import signal
import sys
from subprocess import DEVNULL

from jupyter_client.manager import start_new_kernel

from interrupt import STARTUP, run

HERE = pathlib.Path(__file__).resolve().parent
# Seconds of a round of calibration.jsh where the targets in expectations.json were measured: two
# cores of an AMD EPYC (Zen 4, AVX-512) without other work, two native threads (0.0318 to 0.0335).
REFERENCE = 0.032
# Slower than the target by this factor is no longer slow: it hangs. Not before so many seconds: others
# may begin to work on a machine that was quiet while it was calibrated.
HANGS, LEAST, MOST = 5, 1800, 3600


def calibration(kernel="java"):
    """How many times as long as on the reference machine a fixed piece of work takes here and now."""
    code = (HERE / "calibration.jsh").read_text(encoding="utf-8")
    manager, client = start_new_kernel(kernel_name=kernel, startup_timeout=STARTUP, stdout=DEVNULL, stderr=DEVNULL)
    try:
        said, failed = run(client, code)
        found = re.search(r"median ([0-9.E-]+)", said)
        if failed or not found:
            raise RuntimeError(f"the calibration failed: {said.strip()[-300:]}")
        return float(found.group(1)) / REFERENCE
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


class Times:
    """What took how long; kept as times.json and times.md beside the results."""

    def __init__(self, folder):
        self.folder = folder
        self.rows = []

    def limit(self, target, factor):
        """Where slow becomes hanging; a fast machine gets no less, a very busy one no more than an hour."""
        return min(max(HANGS * target * max(1.0, factor), LEAST), MOST)

    def add(self, name, seconds, target, factor):
        """A row; returns whether it took less than a hang, and the words that tell."""
        words = f"{seconds:.0f} s (target {target} s × {factor:.2f} calibration = {target * factor:.0f} s)"
        self.rows.append({"name": name, "seconds": round(seconds, 1), "target": target,
                          "calibration": round(factor, 3), "of target": round(seconds / (target * factor), 2)})
        return seconds < self.limit(target, factor), words

    def keep(self):
        """Writes the rows so far."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "times.json").write_text(json.dumps(self.rows, indent=2), encoding="utf-8")
        table = ["| notebook | seconds | target | calibration | seconds / (target × calibration) |",
                 "|---|---:|---:|---:|---:|"]
        table += ["| {name} | {seconds} | {target} | {calibration} | {of target} |".format(**row) for row in self.rows]
        (self.folder / "times.md").write_text("\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # no kernel outlives it
    factor = calibration()
    print(f"{factor:.3f} × the reference of {REFERENCE} s: {factor * REFERENCE:.4f} s")
