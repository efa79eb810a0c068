"""Converts NAS-Bench-Graph as shipped in the PyPI package nas-bench-graph into one compact resource.

    pip install nas-bench-graph==1.4.0 numpy
    python convert_nas_bench_graph.py src/main/resources/io/nas4j/estimate/nas-bench-graph.bin.gz

Source: NAS-Bench-Graph (Qin et al., NeurIPS 2022, Apache License 2.0), 26,206 graph neural networks trained with three
seeds on each of nine data sets. The package holds means over the seeds after the best epoch: no learning curves, no
single seeds. Left out is "proteins": it was trained on a part of the operations, and the package names that part in two
ways that do not agree.

A network is four operations, each on the input or on one earlier operation; those that no other reads are the output.
Written down, there are 2 * 3 * 4 * 9**4 = 157,464; the source's Arch.valid_hash says which of them are one network.
24 have nothing but skips, and the source has no row for them.

Layout: gzip, big-endian; "planes" are all high bytes, then the next ones, to all low bytes. n = 157,464 ways to write
a network down, by the mixed-radix index of their seven choices, the first most significant:
    op 1; input 2, op 2; input 3, op 3; input 4, op 4
    inputs      0 the input, 1, 2, 3 the operation of that number
    operations  0 gat, 1 gcn, 2 gin, 3 cheb, 4 sage, 5 arma, 6 graph, 7 fc, 8 skip

    int32            magic "NASG"
    int32            version, 1
    int32            n
    int32            rows
    int32            data sets
    int16 x n        which row, as difference to the one before, in planes; the first row is 0, as are those of skips only
    for each data set (cora, citeseer, pubmed, cs, physics, photo, computers, arxiv)
        int32            validation cases V, all three seeds together
        int32            test cases T, all three seeds together
        int32 x rows     validation cases classified correctly, in planes
        int32 x rows     test cases classified correctly, in planes
        int32 x rows     parameters, in planes
        int16 x rows     latency L: round(500 * ln(nanoseconds / 300,000)), in planes

Precision: accuracies are whole numbers of cases, which is what the source holds. Latency is kept to 0.2 percent.
"""

import gzip
import itertools
import pickle
import struct
import sys
from importlib.metadata import distribution

import numpy as np

DATA_SETS = {
    "cora": (1500, 3000),
    "citeseer": (1500, 3000),
    "pubmed": (1500, 3000),
    "cs": (3000, 52749),
    "physics": (3000, 102729),
    "photo": (3000, 21261),
    "computers": (3000, 38643),
    "arxiv": (3000, 145809),
}
OPERATIONS = ("gat", "gcn", "gin", "cheb", "sage", "arma", "graph", "fc", "skip")
CHOICES = (9, 2, 9, 3, 9, 4, 9)
NO_ROW = 88888
LATENCY_STEPS, LEAST_LATENCY = 500, 300e-6


def planes(column, kind):
    values = np.asarray(column).astype(kind)
    if (values != np.asarray(column)).any():
        raise ValueError("a value does not fit its column")
    return values.view(np.uint8).reshape(len(values), -1).T.tobytes()


def cases(accuracies, all_cases):
    count = np.rint(np.array(accuracies, float) * all_cases)
    if np.abs(count / all_cases - accuracies).max() > 1e-9:
        raise ValueError(f"an accuracy is no whole number out of {all_cases}")
    return count.astype(int)


def rows_of_networks(architecture):
    """The source's hash of each row, in order of appearance, and the row of each way to write a network down."""
    hashes, rows = {}, []
    for op1, in2, op2, in3, op3, in4, op4 in itertools.product(*map(range, CHOICES)):
        operations = [OPERATIONS[op] for op in (op1, op2, op3, op4)]
        key = architecture.Arch([0, in2, in3, in4], operations).valid_hash()
        rows.append(0 if key == NO_ROW else hashes.setdefault(key, len(hashes)))
    return list(hashes), rows


def main(target):
    package = distribution("nas-bench-graph")
    sys.path.insert(0, str(package.locate_file("nas_bench_graph")))
    import architecture

    hashes, rows = rows_of_networks(architecture)
    data = struct.pack(">4siiii", b"NASG", 1, len(rows), len(hashes), len(DATA_SETS))
    data += planes(np.diff(rows, prepend=0), ">i2")
    for name, (validation, test) in DATA_SETS.items():
        with open(package.locate_file(f"nas_bench_graph/light/{name}.bench"), "rb") as file:
            source = pickle.load(file)
        if set(source) != set(hashes):
            raise ValueError(f"{name} has other networks")
        column = {field: np.array([float(source[key][field]) for key in hashes])
                  for field in ("valid_perf", "perf", "para", "latency")}
        data += struct.pack(">ii", validation, test)
        data += planes(cases(column["valid_perf"], validation), ">i4")
        data += planes(cases(column["perf"], test), ">i4")
        data += planes(np.rint(1e6 * column["para"]), ">i4")
        data += planes(np.rint(LATENCY_STEPS * np.log(column["latency"] / LEAST_LATENCY)), ">i2")
    with open(target, "wb") as file, gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=9, mtime=0) as out:
        out.write(data)
    print(len(rows), "architectures,", len(hashes), "networks")


if __name__ == "__main__":
    main(*sys.argv[1:])
