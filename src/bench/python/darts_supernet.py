"""The DARTS supernet in eager PyTorch: the peer that nas4j's supernet is timed against and checked against.

Written from the recipe of Liu, Simonyan & Yang, DARTS (arXiv 1806.09055): first-order bilevel steps, and the
second-order gradient of the architecture weights once for checking.

    python darts_supernet.py --parameters             weights of the paper's supernet: 1,930,618
    python darts_supernet.py --time                   median seconds and peak memory of a bilevel step, as CSV
    python darts_supernet.py --exchange FILE.npz      initial state, data, gradients and losses for another framework

Names of weights, in --exchange: `stem.conv.weight`, `stem.norm.weight`, `stem.norm.bias`,
`cells.K.input0.conv.weight` (1x1), `cells.K.input0.even.weight` and `.odd.weight` (factorized reduction),
`cells.K.input1.conv.weight`, `cells.K.edges.E.OPERATION.0.depthwise.weight`, `...0.pointwise.weight` (sep_conv has .0
and .1, dil_conv .0), `cells.K.edges.E.skip_connect.even.weight` (reduction only), `classifier.weight`,
`classifier.bias`. Edge E of a cell counts node by node, inputs in order: node 0 from input 0, input 1; node 1 from
input 0, input 1, node 0; and so on. All arrays are float32 in PyTorch's layout (convolutions [out, in / groups, h, w]),
labels int64.

Entries of the file: `weight/NAME`, `alpha/normal`, `alpha/reduce` (edges x operations), `train/images`,
`train/labels`, `valid/images`, `valid/labels` ([steps, batch, ...]), and, with the initial state: `output` (logits of
the first validation batch), `loss`, `gradient/NAME`, `gradient/alpha/normal`, `gradient/alpha/reduce` (of the loss on
that batch), `second_order/alpha/normal`, `second_order/alpha/reduce` (the whole second-order gradient on the first
training and validation batch, xi = learning rate, momentum buffer zero; here its finite
difference crosses kinks of ReLU and pooling, so compare it loosely). Then over the bilevel steps (first order, alpha
before weights): `losses/valid`, `losses/train`, and `after/alpha/normal`, `after/alpha/reduce`. Batch
normalisation always uses the batch's own statistics.
"""

import argparse
import csv
import resource
import statistics
import subprocess
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

OPERATIONS = ("none", "max_pool_3x3", "avg_pool_3x3", "skip_connect", "sep_conv_3x3", "sep_conv_5x5", "dil_conv_3x3", "dil_conv_5x5")
CONFIGS = {  # channels, cells, nodes, batch, image channels, image size
    "paper": (16, 8, 4, 16, 3, 32),
    "small": (8, 5, 3, 32, 1, 28),
    "tiny": (4, 3, 2, 4, 3, 12),
}
LEARNING_RATE, MOMENTUM, DECAY, CLIP = 0.025, 0.9, 3e-4, 5.0
ALPHA_RATE, ALPHA_BETAS, ALPHA_DECAY = 3e-4, (0.5, 0.999), 1e-3


def norm(channels):
    return nn.BatchNorm2d(channels, affine=False)


class ReluConv(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.norm = norm(outputs)

    def forward(self, x):
        return self.norm(self.conv(F.relu(x)))


class FactorizedReduce(nn.Module):
    """Halves the resolution: two strided 1x1 convolutions, one of them shifted by a pixel."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.even = nn.Conv2d(inputs, outputs // 2, 1, stride=2, bias=False)
        self.odd = nn.Conv2d(inputs, outputs // 2, 1, stride=2, bias=False)
        self.norm = norm(outputs)

    def forward(self, x):
        x = F.relu(x)
        return self.norm(torch.cat([self.even(x), self.odd(x[:, :, 1:, 1:])], 1))


class DepthwiseConv(nn.Module):
    """ReLU, depthwise k x k, pointwise 1x1, batch normalisation."""

    def __init__(self, channels, kernel, stride, dilation):
        super().__init__()
        padding = dilation * (kernel - 1) // 2
        self.depthwise = nn.Conv2d(channels, channels, kernel, stride, padding, dilation, groups=channels, bias=False)
        self.pointwise = nn.Conv2d(channels, channels, 1, bias=False)
        self.norm = norm(channels)

    def forward(self, x):
        return self.norm(self.pointwise(self.depthwise(F.relu(x))))


class Zero(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.stride = stride

    def forward(self, x):
        return (x if self.stride == 1 else x[:, :, ::2, ::2]) * 0.0


def operation(name, channels, stride):
    if name == "none":
        return Zero(stride)
    if name == "max_pool_3x3":
        return nn.Sequential(nn.MaxPool2d(3, stride, 1), norm(channels))
    if name == "avg_pool_3x3":
        return nn.Sequential(nn.AvgPool2d(3, stride, 1, count_include_pad=False), norm(channels))
    if name == "skip_connect":
        return nn.Identity() if stride == 1 else FactorizedReduce(channels, channels)
    kernel = int(name[-1])
    if name.startswith("sep"):
        return nn.Sequential(DepthwiseConv(channels, kernel, stride, 1), DepthwiseConv(channels, kernel, 1, 1))
    return nn.Sequential(DepthwiseConv(channels, kernel, stride, 2))


class MixedOperation(nn.ModuleDict):
    def __init__(self, channels, stride):
        super().__init__({name: operation(name, channels, stride) for name in OPERATIONS})

    def forward(self, x, weights):
        return sum(w * op(x) for w, op in zip(weights, self.values()))


class Cell(nn.Module):
    def __init__(self, nodes, before_last, last, channels, reduction, after_reduction):
        super().__init__()
        self.nodes = nodes
        self.reduction = reduction
        self.input0 = (FactorizedReduce if after_reduction else ReluConv)(before_last, channels)
        self.input1 = ReluConv(last, channels)
        self.edges = nn.ModuleList(
            MixedOperation(channels, 2 if reduction and source < 2 else 1)
            for node in range(nodes) for source in range(2 + node))

    def forward(self, s0, s1, weights):
        states = [self.input0(s0), self.input1(s1)]
        edge = 0
        for _ in range(self.nodes):
            total = 0
            for offset, state in enumerate(states):
                total = total + self.edges[edge + offset](state, weights[edge + offset])
            edge += len(states)
            states.append(total)
        return torch.cat(states[2:], 1)


class Stem(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.norm(self.conv(x))


class Supernet(nn.Module):
    def __init__(self, channels, cells, nodes, image_channels, classes=10):
        super().__init__()
        self.stem = Stem(image_channels, 3 * channels)
        before_last = last = 3 * channels
        after_reduction = False
        self.cells = nn.ModuleList()
        for k in range(cells):
            reduction = k in (cells // 3, 2 * cells // 3)
            channels *= 2 if reduction else 1
            self.cells.append(Cell(nodes, before_last, last, channels, reduction, after_reduction))
            before_last, last, after_reduction = last, nodes * channels, reduction
        self.classifier = nn.Linear(last, classes)
        # A plain list: architecture weights are no parameters of the network.
        edges = nodes * (nodes + 3) // 2
        self.alphas = [(1e-3 * torch.randn(edges, len(OPERATIONS))).requires_grad_() for _ in ("normal", "reduce")]

    def forward(self, x):
        weights = [F.softmax(alpha, dim=-1) for alpha in self.alphas]
        s0 = s1 = self.stem(x)
        for cell in self.cells:
            s0, s1 = s1, cell(s0, s1, weights[cell.reduction])
        return self.classifier(s1.mean((2, 3)))


class Search:
    """One first-order bilevel search. alpha_only: ask autograd for the gradients of alpha alone in the alpha step,
    where the published code computes those of the weights too and throws them away."""

    def __init__(self, net, alpha_only=False):
        self.net = net
        self.alpha_only = alpha_only
        self.weights = torch.optim.SGD(net.parameters(), LEARNING_RATE, MOMENTUM, weight_decay=DECAY)
        self.alphas = torch.optim.Adam(net.alphas, ALPHA_RATE, ALPHA_BETAS, weight_decay=ALPHA_DECAY)

    def step(self, train, valid):
        valid_loss = F.cross_entropy(self.net(valid[0]), valid[1])
        self.alphas.zero_grad()
        if self.alpha_only:
            for alpha, gradient in zip(self.net.alphas, torch.autograd.grad(valid_loss, self.net.alphas)):
                alpha.grad = gradient
        else:
            valid_loss.backward()
        self.alphas.step()
        self.weights.zero_grad()
        train_loss = F.cross_entropy(self.net(train[0]), train[1])
        train_loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), CLIP)
        self.weights.step()
        return valid_loss.item(), train_loss.item()


def second_order(net, train, valid):
    """DARTS equations 7 and 8, with a momentum buffer of zero."""
    parameters = list(net.parameters())
    saved = [p.detach().clone() for p in parameters]

    def gradients(batch, of):
        return torch.autograd.grad(F.cross_entropy(net(batch[0]), batch[1]), of)

    def assign(values):
        with torch.no_grad():
            for p, value in zip(parameters, values):
                p.copy_(value)

    assign([w - LEARNING_RATE * (g + DECAY * w) for w, g in zip(saved, gradients(train, parameters))])
    both = gradients(valid, parameters + net.alphas)
    v, direct = both[: len(parameters)], both[len(parameters):]
    radius = 0.01 / torch.cat([g.flatten() for g in v]).norm()
    assign([w + radius * g for w, g in zip(saved, v)])
    plus = gradients(train, net.alphas)
    assign([w - radius * g for w, g in zip(saved, v)])
    minus = gradients(train, net.alphas)
    assign(saved)
    return [d - LEARNING_RATE * (p - m) / (2 * radius) for d, p, m in zip(direct, plus, minus)]


def build(config, seed=0):
    channels, cells, nodes, _, image_channels, _ = CONFIGS[config]
    torch.manual_seed(seed)
    return Supernet(channels, cells, nodes, image_channels)


def batches(config, count, seed=1):
    _, _, _, batch, image_channels, size = CONFIGS[config]
    random = torch.Generator().manual_seed(seed)
    images = torch.randn(count, batch, image_channels, size, size, generator=random)
    images = torch.round(16 * images) / 16  # compresses, and is exact in any text or binary form
    return images, torch.randint(0, 10, (count, batch), generator=random)


def exchange(path, config, steps):
    net = build(config).train()
    train, valid = batches(config, steps, 1), batches(config, steps, 2)
    first_train, first_valid = [part[0] for part in train], [part[0] for part in valid]
    out = {"train/images": train[0], "train/labels": train[1], "valid/images": valid[0], "valid/labels": valid[1]}
    names = ("normal", "reduce")
    out |= {f"weight/{name}": p for name, p in net.named_parameters()}
    out |= {f"alpha/{name}": alpha for name, alpha in zip(names, net.alphas)}
    output = net(first_valid[0])
    loss = F.cross_entropy(output, first_valid[1])
    loss.backward()
    out |= {"output": output, "loss": loss}
    out |= {f"gradient/{name}": p.grad for name, p in net.named_parameters()}
    out |= {f"gradient/alpha/{name}": alpha.grad for name, alpha in zip(names, net.alphas)}
    out |= {f"second_order/alpha/{name}": g for name, g in zip(names, second_order(net, first_train, first_valid))}
    out = {name: value.detach().clone().numpy() for name, value in out.items()}
    search = Search(net)
    losses = np.array([search.step((train[0][i], train[1][i]), (valid[0][i], valid[1][i])) for i in range(steps)])
    out |= {"losses/valid": losses[:, 0].astype(np.float32), "losses/train": losses[:, 1].astype(np.float32)}
    out |= {f"after/alpha/{name}": alpha.detach().numpy() for name, alpha in zip(names, net.alphas)}
    np.savez_compressed(path, **out)


FIELDS = ["config", "memory_format", "alpha_step", "threads", "steps", "median_seconds", "min_seconds", "peak_mib", "growth_mib"]


def time_one(config, channels_last, alpha_only, threads, warmup, steps):
    """Times one configuration. peak_mib: resident memory above what the process held before the network was built."""
    torch.set_num_threads(threads)
    F.relu(torch.zeros(1)).sum().item()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    layout = torch.channels_last if channels_last else torch.contiguous_format
    net = build(config).train().to(memory_format=layout)
    search = Search(net, alpha_only)
    images, labels = batches(config, 2)
    train = images[0].contiguous(memory_format=layout), labels[0]
    valid = images[1].contiguous(memory_format=layout), labels[1]
    seconds, warm = [], 0
    for i in range(warmup + steps):
        start = time.perf_counter()
        search.step(train, valid)
        seconds.append(time.perf_counter() - start)
        if i == warmup - 1:
            warm = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    timed = seconds[warmup:]
    return [config, "channels_last" if channels_last else "default", "alpha_only" if alpha_only else "published", threads,
            steps, f"{statistics.median(timed):.4f}", f"{min(timed):.4f}", (peak - before) // 1024, (peak - warm) // 1024]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parameters", action="store_true")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--exchange", metavar="FILE")
    parser.add_argument("--config", choices=CONFIGS, help="default: paper and small for --time, tiny for --exchange")
    parser.add_argument("--channels-last", choices=("yes", "no", "both"), default="both")
    parser.add_argument("--alpha-only", choices=("yes", "no", "both"), default="both")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warmup", type=int, default=3)
    parser.add_argument("--steps", type=int, default=None, help="default: 11 for --time, 20 for --exchange")
    options = parser.parse_args()
    if options.parameters:
        print(sum(p.numel() for p in build(options.config or "paper").parameters()))
    if options.exchange:
        exchange(options.exchange, options.config or "tiny", options.steps or 20)
    if options.time:
        chosen = {"yes": [True], "no": [False], "both": [False, True]}
        configs = [options.config] if options.config else ["paper", "small"]
        cases = [(c, l, a) for c in configs for l in chosen[options.channels_last] for a in chosen[options.alpha_only]]
        writer = csv.writer(sys.stdout, lineterminator="\n")
        if len(cases) == 1:
            writer.writerow(time_one(*cases[0], options.threads, options.warmup, options.steps or 11))
            return
        writer.writerow(FIELDS)
        sys.stdout.flush()
        for config, layout, alpha in cases:  # a process each: peak memory is a figure of the process
            subprocess.run([sys.executable, __file__, "--time", "--config", config,
                            "--channels-last", "yes" if layout else "no", "--alpha-only", "yes" if alpha else "no",
                            "--threads", str(options.threads), "--warmup", str(options.warmup),
                            "--steps", str(options.steps or 11)], check=True)


if __name__ == "__main__":
    main()
