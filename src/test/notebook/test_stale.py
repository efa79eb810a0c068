"""What counts as stale: what a machine does not explain, and nothing else.

usage: python -m unittest discover -s src/test/notebook
"""

import unittest

from nbformat.v4 import new_code_cell, new_notebook, new_output

from stale import masked, stale

DRAWING = '<img src="data:image/svg+xml;base64,AAAA" alt="Chart of {} over trial: Best so far">'
TABLE = "<table><tr><th>trial</th><th>{}</th></tr><tr><td>{}</td></tr></table>"


def printed(*lines):
    return [new_output("stream", name="stdout", text=line + "\n") for line in lines]


def shown(text, page):
    return new_output("execute_result", {"text/plain": text, "text/html": page})


def notebook(*outputs, source="result"):
    return new_notebook(cells=[new_code_cell(source, outputs=list(outputs))])


class Stale(unittest.TestCase):

    def same(self, old, new, **more):
        self.assertEqual(stale(old, new, **more), [])

    def differs(self, old, new, what):
        found = stale(old, new)
        self.assertEqual(len(found), 1, found)
        self.assertIn(what, found[0])
        self.assertTrue(found[0].startswith("cell 0: "))

    def test_other_scores_times_and_networks_are_no_difference(self):
        old = notebook(*printed("trial 7, accuracy 0.577: sep_conv_5x5 \u2192 avg_pool_3x3, 1.2 s"),
                       shown("best \u2581\u2583\u2588 0.86", DRAWING.format("accuracy")))
        new = notebook(*printed("trial 12, accuracy 0,61: skip_connect \u2192 max_pool_3x3, 310 ms"),
                       shown("best \u2588\u2583 0.9", DRAWING.format("accuracy")))
        self.same(old, new)
        self.assertEqual(masked("dil 3x3, sep 5x5, skip, max 3x3, \u2026"), masked("skip, skip"))
        self.assertEqual(masked("\u22120.5 of 15,625"), masked("12 of 3.5e+07"))

    def test_what_was_taken_back_is_no_difference(self):
        self.same(notebook(*printed("about 3 s")), notebook(shown("", ""), *printed("about 4 s")))
        self.differs(notebook(*printed("about 3 s")), notebook(shown("0/4", "<p>0/4</p>"), *printed("about 4 s")), "kinds")

    def test_memory_is_told_by_some_systems_only(self):
        self.assertEqual(masked("6/6 trials, 100 %  1:11, memory 0.8 GB  done"), masked("6/6 trials, 100 %  0:58  done"))
        self.assertNotEqual(masked("memory of 3 layers"), masked("3 layers"))

    def test_the_verdict_on_luck_may_be_another(self):
        cost = "75 random trials cost the same and find 0.6888 (90%: 0.6753 to 0.6900)"
        undecided = (f"0.6847, undecided: run 32 more random trials. {cost}; 90 random scores,"
                     " of which 1 are as good, do not tell with 95% confidence")
        better = (f"0.7349, better than luck: {cost}; they do at least as well with probability 0.013"
                  " (95% confidence: 0.000 to 0.069, from 15,625 random scores)")
        self.assertEqual(masked(undecided), masked(better))
        self.same(notebook(*printed(undecided)), notebook(*printed(better)))

    def test_lines_may_come_more_often_and_in_pieces(self):
        self.same(notebook(*printed("trial 1: 0.5", "trial 2: 0.6")), notebook(*printed("trial 9: 0.1")))

    def test_other_code_is_a_difference(self):
        self.differs(notebook(), notebook(source="result.trials()"), "source")

    def test_another_kind_of_output_is_one(self):
        self.differs(notebook(shown("a chart", "<p>a</p>")), notebook(*printed("a chart")), "kinds")

    def test_a_drawing_more_or_of_another_thing_is_one(self):
        one = DRAWING.format("accuracy")
        self.differs(notebook(shown("a", one)), notebook(shown("a", one + one)), "drawings")
        self.differs(notebook(shown("a", one)), notebook(shown("a", DRAWING.format("error"))), "drawings")

    def test_a_column_of_another_name_is_one(self):
        old = notebook(shown("a", TABLE.format("score", 0.5)))
        self.same(old, notebook(shown("a", TABLE.format("score", 0.7))))
        self.differs(old, notebook(shown("a", TABLE.format("accuracy", 0.5))), "headers")

    def test_words_of_which_half_are_others_are_one(self):
        old = notebook(*printed("best 0.5", "the budget is spent: 5 trials"))
        self.same(old, notebook(*printed("best 0.6", "interrupted after 3 trials")))
        self.differs(old, notebook(*printed("highest 0.6", "interrupted")), "'best #'")

    def test_what_may_vary_is_named_by_the_expectations(self):
        old, new = notebook(*printed("undecided: luck")), notebook(*printed("better than luck"))
        self.assertNotEqual(stale(old, new), [])
        self.same(old, new, varies=["undecided.*|better than.*"])

    def test_another_number_of_cells_is_told_first(self):
        self.assertEqual(stale(notebook(), new_notebook()), ["1 cells then, 0 now"])


if __name__ == "__main__":
    unittest.main()
