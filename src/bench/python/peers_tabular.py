"""Optuna, Syne Tune and random search on the table that nas4j ships, for a side-by-side report.

    python peers_tabular.py --peers random,optuna-tpe --seeds 30 --out tabular-peers.csv
    python peers_tabular.py --one-seed --peers random,optuna-tpe --seeds 100 --out tabular-peers.csv

Every peer sees six categorical parameters (the operation on each edge) and, per evaluation, the mean validation
accuracy over the table's seeds, so all noise is the peer's own; with --one-seed, the accuracy of one of the
architecture's two or three trainings, drawn anew for every evaluation. Its answer is the architecture of the highest
accuracy that it saw, and regret is the best mean validation accuracy in the table minus the mean of that answer, in
points. Rows already in the output file for the same peer and data set are replaced. Settings are the peers' defaults
except where the name says otherwise (a Gaussian process is told whether the objective is deterministic); repeated
architectures count as evaluations, as they do for a user of that peer.
"""

import argparse
import csv
import gzip
import os
import random
import struct
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np

DATA_SETS = ("cifar10", "cifar100", "imagenet16-120")
TABLE = Path(__file__).parents[2] / "main/resources/io/nas4j/estimate/nas-bench-201.bin.gz"
CHECKPOINTS = (50, 100, 200)
EDGES, OPERATIONS = 6, 5


ONE_SEED = "-one-seed"


class Table:
    """Validation accuracies in percent, [seed, architecture], NaN where an architecture was trained twice only."""

    def __init__(self, correct, images, one_seed):
        self.accuracies = 100 * correct / images
        self.means = 100 * np.nanmean(correct, axis=0) / images
        self.one_seed = one_seed

    def judge(self, seed):
        """A fresh evaluation of architectures, which remembers what it was asked and what it answered."""
        return Judge(self, np.random.default_rng([seed, 201]))


class Judge:
    def __init__(self, table, generator):
        self.table = table
        self.generator = generator
        self.asked, self.answered = [], []

    def __call__(self, architecture):
        score = self.table.means[architecture]
        if self.table.one_seed:
            trained = self.table.accuracies[:, architecture]
            score = self.generator.choice(trained[~np.isnan(trained)])
        self.asked.append(architecture)
        self.answered.append(score)
        return float(score)

    def regret(self, evaluations):
        answer = self.asked[int(np.argmax(self.answered[:evaluations]))]
        return self.table.means.max() - self.table.means[answer]


def tables(path, one_seed):
    """Data set -> its table; layout in convert_nas_bench_201.py."""
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
        result[name] = Table(correct, count, one_seed)
    return result


def index(choices):
    result = 0
    for choice in choices:
        result = OPERATIONS * result + int(choice)
    return result


def random_search(judge, evaluations, seed):
    for i in np.random.default_rng(seed).integers(0, OPERATIONS**EDGES, evaluations):
        judge(i)


def optuna_search(sampler):
    def search(judge, evaluations, seed):
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        chosen = sampler(optuna.samplers, seed, not judge.table.one_seed)
        study = optuna.create_study(direction="maximize", sampler=chosen)

        def objective(trial):
            return judge(index(trial.suggest_categorical(f"edge{i}", list(range(OPERATIONS))) for i in range(EDGES)))

        study.optimize(objective, n_trials=evaluations)

    return search


def syne_tune_evolution(population, sample):
    def search(judge, evaluations, seed):
        from syne_tune.config_space import choice
        from syne_tune.optimizer.schedulers.searchers.regularized_evolution import RegularizedEvolution

        np.random.seed(seed)  # its random configurations draw from the global generator
        random.seed(seed)
        space = {f"edge{i}": choice(list(range(OPERATIONS))) for i in range(EDGES)}
        searcher = RegularizedEvolution(space, population_size=population, sample_size=sample, random_seed=seed)
        for trial in range(evaluations):
            config = searcher.suggest()
            score = judge(index(config[f"edge{i}"] for i in range(EDGES)))
            searcher.on_trial_complete(trial, config, -score)  # it minimizes

    return search


PEERS = {
    "random": (random_search, "numpy", 200),
    "optuna-tpe": (optuna_search(lambda s, seed, exact: s.TPESampler(seed=seed)), "optuna", 200),
    "optuna-tpe-independent": (  # multivariate is the default since Optuna 5
        optuna_search(lambda s, seed, exact: s.TPESampler(seed=seed, multivariate=False)), "optuna", 200),
    "optuna-nsga2": (optuna_search(lambda s, seed, exact: s.NSGAIISampler(seed=seed)), "optuna", 200),
    "optuna-nsga2-10": (
        optuna_search(lambda s, seed, exact: s.NSGAIISampler(seed=seed, population_size=10)), "optuna", 200),
    "optuna-nsga2-20": (
        optuna_search(lambda s, seed, exact: s.NSGAIISampler(seed=seed, population_size=20)), "optuna", 200),
    "optuna-gp": (
        optuna_search(lambda s, seed, exact: s.GPSampler(seed=seed, deterministic_objective=exact)), "optuna", 200),
    "syne-tune-evolution-50-10": (syne_tune_evolution(50, 10), "syne-tune", 200),
    "syne-tune-evolution-100-10": (syne_tune_evolution(100, 10), "syne-tune", 200),
}
FIELDS = ["data_set", "peer", "version", "evaluations", "seeds", "mean_regret", "standard_error", "milliseconds_per_trial"]


def measure(peer, name, table, seeds, most):
    search, package, evaluations = PEERS[peer]
    evaluations = min(evaluations, most)
    start = time.perf_counter()
    runs = []
    for seed in range(seeds):
        runs.append(table.judge(seed))
        search(runs[-1], evaluations, seed)
    milliseconds = 1e3 * (time.perf_counter() - start) / (seeds * evaluations)
    for checkpoint in CHECKPOINTS:
        if checkpoint <= evaluations:
            regret = np.array([run.regret(checkpoint) for run in runs])
            yield dict(zip(FIELDS, [
                name, peer, f"{package} {version(package)}", checkpoint, seeds, f"{regret.mean():.3f}",
                f"{regret.std(ddof=1) / np.sqrt(seeds):.3f}", f"{milliseconds:.3f}"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--data", default=",".join(DATA_SETS))
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--evaluations", type=int, default=200, help="at most so many a search")
    parser.add_argument("--one-seed", action="store_true", help="an evaluation is one training, not the mean of all")
    parser.add_argument("--table", default=TABLE)
    parser.add_argument("--out", default="tabular-peers.csv")
    options = parser.parse_args()
    found = tables(options.table, options.one_seed)
    rows = {}
    if os.path.exists(options.out):
        with open(options.out, newline="") as file:
            rows = {(r["data_set"], r["peer"], int(r["evaluations"])): r for r in csv.DictReader(file)}
    for peer in options.peers.split(","):
        for data_set in options.data.split(","):
            name = data_set + (ONE_SEED if options.one_seed else "")
            rows = {key: row for key, row in rows.items() if key[:2] != (name, peer)}
            for row in measure(peer, name, found[data_set], options.seeds, options.evaluations):
                rows[name, peer, row["evaluations"]] = row
                print(*row.values())
            with open(options.out, "w", newline="") as file:
                writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
                writer.writeheader()
                names = [data_set + kind for kind in ("", ONE_SEED) for data_set in DATA_SETS]
                order = lambda key: (names.index(key[0]), list(PEERS).index(key[1]), key[2])
                writer.writerows(rows[key] for key in sorted(rows, key=order))


if __name__ == "__main__":
    main()
