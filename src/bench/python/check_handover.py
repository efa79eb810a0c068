"""Checks what io.nas4j.export.HandOver wrote: PyTorch source, TorchScript, ONNX by PyTorch, ONNX written directly.

    java ... io.nas4j.export.HandOver FOLDER 3
    python check_handover.py FOLDER

Needs torch, onnx, onnxruntime, safetensors. Prints the largest difference of a probability by form; fails above 1e-5.
"""

import pathlib
import runpy
import subprocess
import sys

import onnx
import onnxruntime
import torch
from safetensors.torch import load_file

torch.set_num_threads(1)
LIMIT = 1e-5


def run_onnx(file, raw):
    onnx.checker.check_model(str(file), full_check=True)
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    entry = session.get_inputs()[0]
    return torch.from_numpy(session.run(None, {entry.name: raw.reshape(-1, *entry.shape[1:]).numpy()})[0])


def check(folder, convert):
    expected = load_file(str(folder / "expected.safetensors"))
    raw, wanted = expected["raw"], expected["probabilities"]
    network = runpy.run_path(str(folder / "network.py"))
    answers = {"PyTorch source": network["load"](folder).predict(raw)}
    answers["ONNX, direct"] = run_onnx(folder / "direct.onnx", raw)
    if convert:
        for form, name in (("torchscript", "network.pt"), ("onnx", "network.onnx")):
            subprocess.run([sys.executable, folder / "convert.py", form, folder / name], check=True, stdout=subprocess.DEVNULL)
        answers["TorchScript by convert.py"] = torch.jit.load(str(folder / "network.pt"))(raw).detach()
        answers["ONNX by convert.py"] = run_onnx(folder / "network.onnx", raw)
    return {form: (answer - wanted).abs().max().item() for form, answer in answers.items()}


worst = {}
count = {}
for folder in sorted(p for p in pathlib.Path(sys.argv[1]).iterdir() if p.is_dir()):
    for form, difference in check(folder, folder.name.endswith("-1")).items():
        worst[form] = max(worst.get(form, 0), difference)
        count[form] = count.get(form, 0) + 1
        if not difference <= LIMIT:
            print(f"{folder.name}: {form} differs by {difference:.2e}")
print(f"torch {torch.__version__}, onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}")
for form in worst:
    print(f"{form:<28} {count[form]:3d} networks, largest difference of a probability {worst[form]:.1e}")
sys.exit(any(difference > LIMIT for difference in worst.values()))
