"""Runs cells in a live rapaio kernel: our views draw themselves there, and a search shows its progress.

usage: rapaio.py KERNEL.jar LIBRARY.jar CLASSPATH_FOLDER

Its `%jar FOLDER` and `%%jars` do not come back with these fifty jars, so they are named as readers of its
documentation do: by RJK_CLASSPATH, which takes one pattern.
"""

import json
import pathlib
import sys
import tempfile
from contextlib import contextmanager
from subprocess import DEVNULL

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from interrupt import STARTUP, outputs

IMPORTS = ["import static io.nas4j.Nas.*;", "import io.nas4j.*;", "import io.nas4j.space.*;", "import io.nas4j.view.*;"]


@contextmanager
def rapaio(kernel, library, folder):
    """A client of the kernel, started as its installer writes it down, with the jars on its class path."""
    with tempfile.TemporaryDirectory(prefix="nas-rapaio-") as home:
        spec = pathlib.Path(home, "rapaio")
        spec.mkdir()
        (spec / "kernel.json").write_text(json.dumps({
            "argv": ["java", "-Dslf4j.internal.verbosity=ERROR", "-jar", str(kernel), "{connection_file}"],
            "display_name": "Java (rapaio)", "language": "java", "interrupt_mode": "message",
            "env": {"RJK_TIMEOUT_MILLIS": "-1", "RJK_CLASSPATH": f"{home}/jars/*.jar"}}), encoding="utf-8")
        jars = pathlib.Path(home, "jars")
        jars.mkdir()
        for jar in [library, *folder.glob("*.jar")]:
            (jars / jar.name).symlink_to(jar)
        manager = KernelManager(kernel_name="rapaio", kernel_spec_manager=KernelSpecManager(kernel_dirs=[home]))
        manager.start_kernel(stdout=DEVNULL, stderr=DEVNULL)
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=STARTUP)
            yield client
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def claims(kernel, library, folder):
    """Yields whether each claim holds, the claim and what was found."""
    with rapaio(kernel, library, folder) as client:
        messages = outputs(client, "\n".join(IMPORTS))
        errors = [str(m["content"]["traceback"]) for m in messages if m["msg_type"] == "error"]
        yield not errors, "rapaio: the imports of a cell run", errors[0] if errors else ""
        shown = outputs(client, "Diagram.of(nasBench201())")
        drawn = [m["content"]["data"] for m in shown if "data" in m["content"]]
        yield any("data:image/svg+xml;base64," in str(d.get("text/html")) for d in drawn), \
            "rapaio: a view that a cell returns draws itself", [sorted(d) for d in drawn] or shown
        search = outputs(client, "Nas.space(nasBench201()).strategy(EVOLUTION).estimator(tabular(CIFAR10))"
                                 ".budget(trials(50)).run();")
        bars = [m["msg_type"] for m in search if "<progress" in str(m["content"].get("data", {}).get("text/html"))]
        yield bars[:1] == ["display_data"] and set(bars[1:]) == {"update_display_data"}, \
            "rapaio: a search has one bar, which is brought up to date", bars
        said = outputs(client, '"best " + Nas.last().orElseThrow().bestScore()')
        text = " ".join(str(m["content"].get("data", m["content"].get("traceback"))) for m in said)
        yield "best 0.9" in text, "rapaio: the next cell reads the result", text


def main():
    kernel, library, folder = map(pathlib.Path, sys.argv[1:])
    failed = 0
    for holds, claim, found in claims(kernel.resolve(), library.resolve(), folder.resolve()):
        failed += not holds
        print(f"{'ok    ' if holds else 'FAILED'} {claim} ({found})", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
