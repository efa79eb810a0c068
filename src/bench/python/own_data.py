"""Writes scikit-learn's digits, diabetes and friedman1 as CSV, for OwnDataBenchmark.

usage: own_data.py FOLDER
"""

import pathlib
import sys

from sklearn.datasets import load_diabetes, load_digits, make_friedman1


def write(file, rows, targets):
    names = [f"f{i}" for i in range(rows.shape[1])] + ["target"]
    lines = [",".join(names)]
    for row, target in zip(rows, targets):
        lines.append(",".join([repr(float(value)) for value in row] + [str(target)]))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


folder = pathlib.Path(sys.argv[1])
write(folder / "digits.csv", *load_digits(return_X_y=True))
rows, targets = load_diabetes(return_X_y=True, scaled=False)
write(folder / "diabetes.csv", rows, [float(value) for value in targets])
rows, targets = make_friedman1(1000, noise=1.0, random_state=0)
write(folder / "friedman1.csv", rows, [float(value) for value in targets])
