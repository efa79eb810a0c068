"""The documentation's builder on a small repository: links lead to pages, and those that do not are told.

usage: python -m unittest discover -s src/test/notebook
"""

import pathlib
import sys
import tempfile
import unittest

import nbformat

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "site"))
from pages import broken, build  # noqa: E402

README = """# Project

A table in [results](src/bench/results/regret.md#a-table), a [file](figures.csv), a [notebook](notebooks/one.ipynb).

![a line](line.svg)
"""
RESULT = """# Results

## A table

| a | b |
|---|---|
| 1 | 2 |

[back](../../../README.md)
"""


class Pages(unittest.TestCase):

    def site(self, root, readme=README):
        results, notebooks, out = root / "src/bench/results", root / "notebooks", root / "target/site"
        for folder in (results, notebooks, out):
            folder.mkdir(parents=True)
        (root / "README.md").write_text(readme, encoding="utf-8")
        (results / "regret.md").write_text(RESULT, encoding="utf-8")
        (root / "figures.csv").write_text("a,b", encoding="utf-8")
        (root / "line.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
        one = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# One · cell"),
                                              nbformat.v4.new_code_cell("1 + 1")])
        nbformat.write(one, notebooks / "one.ipynb")
        self.assertEqual(build(out, root), 3)
        return out

    def test_links_lead_to_pages_and_files_without_a_network(self):
        with tempfile.TemporaryDirectory() as folder:
            out = self.site(pathlib.Path(folder).resolve())
            self.assertEqual(list(broken(out)), [])
            index = (out / "index.html").read_text(encoding="utf-8")
            self.assertIn('href="src/bench/results/regret.html#a-table"', index)
            self.assertIn('href="notebooks/one.html"', index)
            self.assertTrue((out / "figures.csv").is_file())
            table = (out / "src/bench/results/regret.html").read_text(encoding="utf-8")
            self.assertIn("<table>", table)
            self.assertIn('href="../../../index.html"', table)
            self.assertIn("1 + 1", (out / "notebooks/one.html").read_text(encoding="utf-8").replace("</span>", "")
                          .replace('<span class="mi">', "").replace('<span class="o">', "").replace('<span class="w">', ""))

    def test_links_that_lead_nowhere_and_what_would_be_fetched_are_told(self):
        readme = ("[gone](gone.md) [no such part](src/bench/results/regret.md#b) "
                  "![badge](https://example.org/badge.svg) [elsewhere](https://example.org)")
        with tempfile.TemporaryDirectory() as folder:
            found = list(broken(self.site(pathlib.Path(folder).resolve(), readme)))
        self.assertEqual(len(found), 3, found)
        for words in ("gone.md", "regret.html#b", "fetches https://example.org/badge.svg"):
            self.assertTrue(any(words in line for line in found), found)


if __name__ == "__main__":
    unittest.main()
