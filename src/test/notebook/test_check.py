"""The checks' own arithmetic, without a kernel: each claim holds where it should and fails where it should.

usage: python -m unittest discover -s src/test/notebook
"""

import contextlib
import io
import json
import pathlib
import re
import tempfile
import unittest

from check import HERE, NOTEBOOKS, Report, check_floor, number_of
from times import Times

SAID = """DARTS:         test accuracy 0.8740, 18,178 parameters
random search: test accuracy 0.8660, 13,482 parameters
regret in points after  50 trials    200 trials
random                  2.16 ± 0.29  1.71 ± 0.25
local search            1.06 ± 0.39  0.02 ± 0.01
"""
DARTS = {"row": "DARTS: +test accuracy", "why": "a test"}


def holds(floor, said=SAID):
    report = Report()
    with contextlib.redirect_stdout(io.StringIO()):
        check_floor(report, "a notebook", floor, said)
    return report.failed == 0


class Floors(unittest.TestCase):

    def test_a_floor_reads_its_own_row_and_no_other(self):
        self.assertEqual(number_of(DARTS, SAID), 0.874)
        self.assertEqual(number_of({"row": "random search: test accuracy"}, SAID), 0.866)
        self.assertTrue(holds({**DARTS, "least": 0.87}))
        self.assertFalse(holds({**DARTS, "least": 0.88}))

    def test_the_last_line_of_that_row_counts(self):
        self.assertEqual(number_of(DARTS, SAID + "DARTS: test accuracy 0.5"), 0.5)

    def test_numbers_of_a_table_are_counted_from_either_end(self):
        self.assertEqual(number_of({"row": "local search", "number": -2}, SAID), 0.02)
        self.assertEqual(number_of({"row": "local search", "number": 2}, SAID), 0.39)
        self.assertTrue(holds({"row": "random(?=  )", "number": -2, "least": 1, "why": "luck"}))
        self.assertFalse(holds({"row": "random(?=  )", "number": -2, "most": 1, "why": "luck"}))

    def test_a_comma_is_a_point(self):
        german = SAID.replace(".", ";").replace(",", ".").replace(";", ",")
        self.assertEqual(number_of(DARTS, german), 0.874)

    def test_what_is_not_there_or_says_no_reason_fails(self):
        self.assertFalse(holds({**DARTS, "least": 0}, ""))
        self.assertFalse(holds({**DARTS, "number": 9, "least": 0}))
        self.assertFalse(holds({"row": "DARTS: +test accuracy", "least": 0}))
        self.assertFalse(holds(DARTS))

    def test_every_floor_of_the_notebooks_says_why(self):
        expectations = json.loads((HERE / "expectations.json").read_text(encoding="utf-8"))
        for name, expected in expectations.items():
            for floor in expected.get("floors", []):
                self.assertGreater(len(floor["why"]), 40, f"{name}: {floor['row']}")


class Start(unittest.TestCase):

    def test_the_start_leads_to_every_notebook_and_says_how_long_it_takes(self):
        start = json.loads((NOTEBOOKS / "00-start.ipynb").read_text(encoding="utf-8"))
        words = "".join("".join(cell["source"]) for cell in start["cells"] if cell["cell_type"] == "markdown")
        rows = re.findall(r"^\| \[[^]]+\]\(([^)]+)\.ipynb\) \| .+ \| (\d+) min \|$", words, re.M)
        told = {name: 60 * int(minutes) for name, minutes in rows}
        there = {file.stem for file in NOTEBOOKS.glob("*.ipynb")}
        self.assertEqual(set(told) | {"00-start"}, there)
        expectations = json.loads((HERE / "expectations.json").read_text(encoding="utf-8"))
        for name, seconds in told.items():
            self.assertLessEqual(expectations[name].get("seconds", 300), seconds, name)


class Hangs(unittest.TestCase):

    def test_slow_is_told_and_only_a_hang_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            times = Times(pathlib.Path(folder))
            self.assertTrue(times.add("quick", 60, 100, 1.0)[0])
            self.assertTrue(times.add("slow", 1_999, 400, 1.0)[0])
            self.assertFalse(times.add("hangs", 2_001, 400, 1.0)[0])
            self.assertTrue(times.add("on a slow machine", 2_001, 400, 1.6)[0])
            self.assertTrue(times.add("beside others that begin to work", 1_799, 60, 1.0)[0])
            self.assertFalse(times.add("for an hour", 3_601, 400, 9.0)[0])
            runs, words = times.add("on a fast machine", 1_999, 400, 0.5)
            self.assertTrue(runs)
            self.assertEqual(words, "1999 s (target 400 s × 0.50 calibration = 200 s)")
            times.keep()
            kept = json.loads((times.folder / "times.json").read_text(encoding="utf-8"))
            self.assertEqual([row["name"] for row in kept][2], "hangs")
            self.assertIn("| hangs | 2001 |", (times.folder / "times.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
