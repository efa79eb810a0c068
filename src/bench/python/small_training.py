"""Training steps of small networks in eager PyTorch: the peer of SmallTrainingBenchmark.

A network is a 3x3 convolution and batch normalisation, four operations of one kind, the mean of each channel, and a
linear layer to ten classes: (ReLU, 3x3 convolution, batch normalisation) is `nor_conv`, twice (ReLU, 3x3 depthwise,
1x1, batch normalisation) is `sep_conv`. A step takes 64 images of 28 pixels (noise, the time does not depend on them)
by an index, normalises them, goes forward and backward, clips the gradient's norm at 5, and steps by SGD with Nesterov
momentum and weight decay: what nas4j does too. The median of the steps' wall time and the mean of their processor time,
in milliseconds.

    python small_training.py --one nor_conv 8 default        one process, one line
    python small_training.py --pairs 5 --java "java -cp .. io.nas4j.bench.SmallTrainingBenchmark"
                                                              all cases, PyTorch's two formats and nas4j in turn
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

OPERATIONS = ("nor_conv", "sep_conv")
FORMATS = ("default", "channels_last")


def network(operation, channels, torch):
    nn = torch.nn

    def conv(inputs, outputs, kernel, groups=1):
        return nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, groups=groups, bias=False)

    def layers():
        if operation == "nor_conv":
            return [nn.ReLU(), conv(channels, channels, 3), nn.BatchNorm2d(channels)]
        half = lambda: [nn.ReLU(), conv(channels, channels, 3, channels), conv(channels, channels, 1), nn.BatchNorm2d(channels)]
        return half() + half()

    body = [layer for _ in range(4) for layer in layers()]
    return nn.Sequential(conv(1, channels, 3), nn.BatchNorm2d(channels), *body, nn.AdaptiveAvgPool2d(1), nn.Flatten(),
                         nn.Linear(channels, 10))


def time_one(operation, channels, layout, batch, warmup, steps):
    import torch
    torch.manual_seed(1)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", torch.get_num_threads())))
    memory = torch.channels_last if layout == "channels_last" else torch.contiguous_format
    net = network(operation, channels, torch).train().to(memory_format=memory)
    optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9, weight_decay=3e-4, nesterov=True)
    images = torch.randint(0, 256, (7000, 1, 28, 28), dtype=torch.uint8)
    labels = torch.randint(0, 10, (7000,))
    wall = []
    for step in range(warmup + steps):
        if step == warmup:
            cpu = time.process_time()
        start = time.perf_counter()
        index = torch.randint(0, 7000, (batch,))
        x = ((images[index].float() - 72.9) / 90.0).contiguous(memory_format=memory)
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(x), labels[index])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        loss.item()
        wall.append((time.perf_counter() - start) * 1e3)
    cpu = (time.process_time() - cpu) * 1e3 / steps
    print(f"{operation},{channels},{batch},{layout},{torch.get_num_threads()},{statistics.median(wall[warmup:]):.3f},{cpu:.3f}",
          flush=True)


def figures(command, environment):
    """Wall and processor milliseconds of a process that prints one line."""
    line = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout.strip().splitlines()[-1]
    return [float(part) for part in line.split(",")[-2:]]


def pairs(options):
    print("isa,threads,operation,channels,what,wall_ms,cpu_ms,wall_ratio,cpu_ratio,ratios_of_each_round_cpu")
    for isa in options.isa:
        for threads in options.threads:
            for operation in options.operations:
                for channels in options.channels:
                    case(options, isa, threads, operation, channels)


def case(options, isa, threads, operation, channels):
    environment = {k: v for k, v in os.environ.items() if k not in ("ATEN_CPU_CAPABILITY", "DNNL_MAX_CPU_ISA")}
    environment["OMP_NUM_THREADS"] = str(threads)
    if isa == "avx2":
        environment |= {"ATEN_CPU_CAPABILITY": "avx2", "DNNL_MAX_CPU_ISA": "AVX2"}
    common = [str(options.batch), str(options.warmup), str(options.steps)]
    seen = {name: [] for name in ("nas4j",) + FORMATS}
    for _ in range(options.pairs):
        seen["nas4j"].append(figures(options.java.split() + [operation, str(channels)] + common, environment))
        for layout in FORMATS:
            seen[layout].append(figures([sys.executable, __file__, "--one", operation, str(channels), layout,
                                         "--batch", common[0], "--warmup", common[1], "--steps", common[2]], environment))
    middle = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in seen.items()}
    better = [min(middle[layout][column] for layout in FORMATS) for column in (0, 1)]
    # each round against the format whose processor time is the lower one over all rounds
    best = min(FORMATS, key=lambda layout: middle[layout][1])
    rounds = " ".join(f"{ours[1] / theirs[1]:.2f}" for ours, theirs in zip(seen["nas4j"], seen[best]))
    for name, (wall, cpu) in middle.items():
        end = f",{wall / better[0]:.2f},{cpu / better[1]:.2f},{rounds}" if name == "nas4j" else ",,,"
        print(f"{isa},{threads},{operation},{channels},{name},{wall:.2f},{cpu:.2f}{end}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", nargs=3, metavar=("OPERATION", "CHANNELS", "FORMAT"))
    parser.add_argument("--pairs", type=int, default=5, help="rounds")
    parser.add_argument("--java", help="command that runs SmallTrainingBenchmark")
    parser.add_argument("--isa", nargs="+", default=["avx2", "unset"], choices=("avx2", "unset"))
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--operations", nargs="+", default=list(OPERATIONS), choices=OPERATIONS)
    parser.add_argument("--channels", nargs="+", type=int, default=[8, 16])
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--warmup", type=int, default=100)
    parser.add_argument("--steps", type=int, default=100)
    options = parser.parse_args()
    if options.one:
        operation, channels, layout = options.one
        time_one(operation, int(channels), layout, options.batch, options.warmup, options.steps)
    else:
        pairs(options)


if __name__ == "__main__":
    main()
