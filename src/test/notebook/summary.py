"""Tells what took how long in `./nas test`, and keeps it in target/times.txt."""

import time
from xml.etree import ElementTree

SLOWEST = 8


def slowest(target):
    """The test classes that took longest: [seconds, name], of all rounds."""
    found = []
    for folder in ("surefire-reports", "failsafe-reports"):
        for report in target.glob(f"{folder}*/TEST-*.xml"):
            suite = ElementTree.parse(report).getroot()
            round_ = report.parent.name[len(folder):].replace("-", ", ")
            found.append((float(suite.get("time").replace(",", "")), suite.get("name").split(".")[-1] + round_))
    return sorted(found, reverse=True)[:SLOWEST]


def summary(target, parts, times, began):
    """The parts of PARTS, which the shell wrote as "seconds TAB what", then the notebooks since BEGAN."""
    rows = [line.split("\t") for line in parts.read_text(encoding="utf-8").splitlines()]
    rows.append([f"{time.monotonic() - began:.0f}", "notebooks"])
    lines = ["What took how long, in seconds:"]
    lines += [f"{int(seconds):7d}  {what}" for seconds, what in rows]
    lines.append(f"{sum(int(seconds) for seconds, _ in rows):7d}  together")
    lines += [f"{row['seconds']:9.1f}    {row['name']} (target {row['target']} × {row['calibration']})" for row in times]
    lines += [f"{seconds:9.1f}    {name}" for seconds, name in slowest(target)]
    (target / "times.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "\n".join(lines)
