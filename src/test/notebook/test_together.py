"""Work beside other work: apart from the checks, whose libraries each process would load.

usage: python -m unittest discover -s src/test/notebook
"""

import os
import unittest

from together import together


def halve(task):
    if task == 3:
        os._exit(9)  # as a process that the system kills
    return task / 2


class Together(unittest.TestCase):

    def test_all_is_done_once_and_a_process_that_dies_is_told(self):
        for at_once in (1, 2, 9):
            done = list(together(halve, [1, 2, 3, 4, 5], at_once))
            self.assertEqual(sorted(task for task, _ in done), [1, 2, 3, 4, 5])
            self.assertEqual({task: result for task, result in done},
                             {1: 0.5, 2: 1.0, 3: None, 4: 2.0, 5: 2.5})

    def test_one_at_a_time_keeps_the_order(self):
        self.assertEqual([task for task, _ in together(halve, [4, 1, 5], 1)], [4, 1, 5])


if __name__ == "__main__":
    unittest.main()
