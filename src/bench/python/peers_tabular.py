"""Optuna, Syne Tune and random search on the table that nas4j ships, for a side-by-side report.

    python peers_tabular.py --peers random,optuna-tpe --seeds 30 --out tabular-peers.csv

Every peer sees six categorical parameters (the operation on each edge) and, per evaluation, the mean validation
accuracy over the table's seeds, so all noise is the peer's own. Regret is the best mean validation accuracy in the
table minus the best found so far, in points. Rows already in the output file for the same peer and data set are
replaced. Settings are the peers' defaults except where the name says otherwise; repeated architectures count as
evaluations, as they do for a user of that peer.
"""

import argparse
import csv
import gzip
import os
import random
import struct
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np

DATA_SETS = ("cifar10", "cifar100", "imagenet16-120")
TABLE = Path(__file__).parents[2] / "main/resources/io/nas4j/estimate/nas-bench-201.bin.gz"
CHECKPOINTS = (50, 100, 200)
EDGES, OPERATIONS = 6, 5


def mean_accuracies(path):
    """Data set -> mean validation accuracy in percent by architecture index; layout in convert_nas_bench_201.py."""
    with gzip.open(path) as file:
        data = file.read()
    magic, _, n, seeds = struct.unpack_from(">4siii", data)
    assert magic == b"N201"
    images = [struct.unpack_from(">idi", data, 16 + 16 * i)[0] for i in range(3)]
    offset = 64 + 8 * n
    result = {}
    for name, count in zip(DATA_SETS, images):
        offset += 2 * n  # latency
        correct = np.frombuffer(data, ">u2", seeds * n, offset).reshape(seeds, n).astype(float)
        offset += 2 * seeds * n
        correct[correct == 65535] = np.nan
        result[name] = 100 * np.nanmean(correct, axis=0) / count
    return result


def index(choices):
    result = 0
    for choice in choices:
        result = OPERATIONS * result + int(choice)
    return result


def random_search(accuracy, evaluations, seed):
    choices = np.random.default_rng(seed).integers(0, len(accuracy), evaluations)
    return [accuracy[i] for i in choices]


def optuna_search(sampler):
    def search(accuracy, evaluations, seed):
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        study = optuna.create_study(direction="maximize", sampler=sampler(optuna.samplers, seed))

        def objective(trial):
            return accuracy[index(trial.suggest_categorical(f"edge{i}", list(range(OPERATIONS))) for i in range(EDGES))]

        study.optimize(objective, n_trials=evaluations)
        return [trial.value for trial in study.trials]

    return search


def syne_tune_evolution(population, sample):
    def search(accuracy, evaluations, seed):
        from syne_tune.config_space import choice
        from syne_tune.optimizer.schedulers.searchers.regularized_evolution import RegularizedEvolution

        np.random.seed(seed)  # its random configurations draw from the global generator
        random.seed(seed)
        space = {f"edge{i}": choice(list(range(OPERATIONS))) for i in range(EDGES)}
        searcher = RegularizedEvolution(space, population_size=population, sample_size=sample, random_seed=seed)
        found = []
        for trial in range(evaluations):
            config = searcher.suggest()
            found.append(accuracy[index(config[f"edge{i}"] for i in range(EDGES))])
            searcher.on_trial_complete(trial, config, -found[-1])  # it minimizes
        return found

    return search


PEERS = {
    "random": (random_search, "numpy", 200),
    "optuna-tpe": (optuna_search(lambda s, seed: s.TPESampler(seed=seed)), "optuna", 200),
    "optuna-nsga2": (optuna_search(lambda s, seed: s.NSGAIISampler(seed=seed)), "optuna", 200),
    "optuna-nsga2-10": (optuna_search(lambda s, seed: s.NSGAIISampler(seed=seed, population_size=10)), "optuna", 200),
    "optuna-nsga2-20": (optuna_search(lambda s, seed: s.NSGAIISampler(seed=seed, population_size=20)), "optuna", 200),
    "optuna-gp": (optuna_search(lambda s, seed: s.GPSampler(seed=seed, deterministic_objective=True)), "optuna", 100),
    "syne-tune-evolution-50-10": (syne_tune_evolution(50, 10), "syne-tune", 200),
    "syne-tune-evolution-100-10": (syne_tune_evolution(100, 10), "syne-tune", 200),
}
FIELDS = ["data_set", "peer", "version", "evaluations", "seeds", "mean_regret", "standard_error", "milliseconds_per_trial"]


def measure(peer, name, accuracy, seeds):
    search, package, evaluations = PEERS[peer]
    best = accuracy.max()
    start = time.perf_counter()
    runs = np.array([best - np.maximum.accumulate(search(accuracy, evaluations, seed)) for seed in range(seeds)])
    milliseconds = 1e3 * (time.perf_counter() - start) / (seeds * evaluations)
    for checkpoint in CHECKPOINTS:
        if checkpoint <= evaluations:
            regret = runs[:, checkpoint - 1]
            yield dict(zip(FIELDS, [
                name, peer, f"{package} {version(package)}", checkpoint, seeds, f"{regret.mean():.3f}",
                f"{regret.std(ddof=1) / np.sqrt(seeds):.3f}", f"{milliseconds:.3f}"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--data", default=",".join(DATA_SETS))
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--table", default=TABLE)
    parser.add_argument("--out", default="tabular-peers.csv")
    options = parser.parse_args()
    tables = mean_accuracies(options.table)
    rows = {}
    if os.path.exists(options.out):
        with open(options.out, newline="") as file:
            rows = {(r["data_set"], r["peer"], int(r["evaluations"])): r for r in csv.DictReader(file)}
    for peer in options.peers.split(","):
        for name in options.data.split(","):
            for row in measure(peer, name, tables[name], options.seeds):
                rows[name, peer, row["evaluations"]] = row
                print(*row.values())
            with open(options.out, "w", newline="") as file:
                writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
                writer.writeheader()
                order = lambda key: (DATA_SETS.index(key[0]), list(PEERS).index(key[1]), key[2])
                writer.writerows(rows[key] for key in sorted(rows, key=order))


if __name__ == "__main__":
    main()
