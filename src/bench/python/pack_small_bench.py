"""Packs what SmallBenchTraining wrote into the resource that SmallBench reads.

    python pack_small_bench.py small-bench.csv times.csv proxies.csv src/main/resources/io/nas4j/estimate/small-bench.csv.gz

Rows are ordered by seed and architecture. The seconds of a training are replaced by those of times.csv, one line a
network (architecture, seed, seconds): processor time, since time on the clock says nothing where other work ran beside.
src/bench/results/small-bench.txt says how they were measured. The columns of proxies.csv, which SmallBenchProxies wrote, are
appended: one line a network and seed.
"""

import csv
import gzip
import io
import sys


def main(trainings, times, proxies, target):
    with open(times, newline="") as file:
        seconds = {row[0]: row[2] for row in list(csv.reader(file))[1:]}
    with open(trainings, newline="") as file:
        header, *rows = list(csv.reader(file))
    if len({(row[0], row[1]) for row in rows}) != len(rows) or any(len(row) != len(header) for row in rows):
        raise ValueError("a training must have one whole line")
    column = header.index("seconds")
    for row in rows:
        row[column] = seconds[row[0]]
    with open(proxies, newline="") as file:
        names, *scores = list(csv.reader(file))
    scores = {(row[0], row[1]): row[2:] for row in scores}
    header += names[2:]
    for row in rows:
        row += scores[row[0], row[1]]
    rows.sort(key=lambda row: (int(row[1]), [int(choice) for choice in row[0].split()]))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    with open(target, "wb") as file, gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=9, mtime=0) as out:
        out.write(text.getvalue().encode())
    print(len(rows), "trainings of", len({row[0] for row in rows}), "networks")


if __name__ == "__main__":
    main(*sys.argv[1:])
