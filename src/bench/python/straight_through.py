"""How often does GDAS' straight-through gradient point away from the better operation?

One edge, two operations, one head that both share: a "convolution" whose weights learn (20 of them, its output brought to
unit deviation, as a normalisation without affine part does), and a "pooling" that has none (the mean of four inputs). Steps
of the weights and the head draw one of both, as GDAS does at first. Then, on validation examples: the exact slope of the expected
loss by alpha at equal shares, (L_conv - L_pool) / 4, checked by a finite difference of the expected loss, beside the
expected straight-through slope, (G_conv - G_pool) / 8 at a temperature of 1 without noise in the soft shares, where G is the
loss' slope by the share of the operation that was drawn. Only signs are compared.

    python straight_through.py
"""

import math
import random

INPUTS = 20
VALIDATION = 400


def examples(count, rng):
    result = []
    for _ in range(count):
        label = rng.choice((-1, 1))
        x = [rng.gauss(0, 1) for _ in range(INPUTS)]
        for i in range(8):
            x[i] += 0.45 * label
        result.append((x, label))
    return result


def standard(values):
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values)) + 1e-9
    return [(v - mean) / deviation for v in values], deviation


def convolution(w, data):
    return standard([sum(a * b for a, b in zip(w, x)) for x, _ in data])


def pooling(data):
    return standard([sum(x[:4]) / 4 for x, _ in data])


def loss(outputs, head, data, share=1.0):
    return sum(math.log1p(math.exp(-y * head * share * o)) for o, (_, y) in zip(outputs, data)) / len(data)


def slope(outputs, head, data):
    """By the share at 1."""
    return sum(-y * head * o / (1 + math.exp(y * head * o)) for o, (_, y) in zip(outputs, data)) / len(data)


def trial(train_size, steps, seed):
    rng = random.Random(seed)
    train, validation = examples(train_size, rng), examples(VALIDATION, rng)
    w = [rng.uniform(-0.2, 0.2) for _ in range(INPUTS)]
    head = 0.1
    for _ in range(steps):
        learns = rng.random() < 0.5
        outputs, deviation = convolution(w, train) if learns else pooling(train)
        errors = [-y / (1 + math.exp(y * head * o)) / train_size for o, (_, y) in zip(outputs, train)]
        if learns:
            gradient = [sum(e * head * x[i] / deviation for e, (x, _) in zip(errors, train)) for i in range(INPUTS)]
            w = [a - 0.3 * g for a, g in zip(w, gradient)]
        head -= 0.3 * sum(e * o for e, o in zip(errors, outputs))
    conv, pool = convolution(w, validation)[0], pooling(validation)[0]
    l_conv, l_pool = loss(conv, head, validation), loss(pool, head, validation)

    def expected(alpha):
        p = 1 / (1 + math.exp(-alpha))
        return p * l_conv + (1 - p) * l_pool

    difference = (expected(1e-4) - expected(-1e-4)) / 2e-4
    assert abs(difference - (l_conv - l_pool) / 4) < 1e-6
    return difference, (slope(conv, head, validation) - slope(pool, head, validation)) / 8


def main():
    print("train examples, steps: convolution better; of these, straight-through says so; of the others, it says so too")
    for train_size, steps in ((20, 30), (20, 300), (60, 30), (60, 300), (300, 100)):
        better = agree = worse = false = 0
        for seed in range(100):
            exact, through = trial(train_size, steps, seed)
            if exact < 0:
                better += 1
                agree += through < 0
            else:
                worse += 1
                false += through < 0
        print(f"{train_size:4d} {steps:5d}: {better:3d} of 100; {agree:3d}; {false:3d} of {worse}", flush=True)


if __name__ == "__main__":
    main()
