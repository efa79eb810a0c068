"""Does by hand in a clean folder what repo2docker does for Binder, and runs the quickstart there.

usage: binder.py [MAVEN_REPOSITORY]

The files of the checkout are copied as Git knows them; a virtual environment takes the place of the
image's, the home folder is a new one, and Maven may use what it has (unlike in an image).
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from pressed import copy

ROOT = pathlib.Path(__file__).resolve().parents[3]
# Binder restarts a session above 2 GB; the server and the reader's own cells need some of it.
RESIDENT = 1500
# With its own widths and images, so that short trainings take the memory of long ones.
NOTEBOOK = "01-quickstart"


def files():
    """What Git has or would take: no build, no environment."""
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"],
                            check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def clean_copy(folder):
    for name in files():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)


def peak_of(process):
    """The most that a process has had resident, in MB, and its parent; None where it has gone."""
    try:
        status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
        return int(status["VmHWM"].split()[0]) // 1024, int(status["PPid"])
    except (OSError, KeyError):
        return None


class Resident(threading.Thread):
    """Watches the JVMs below a process: the kernel's launcher and the kernel."""

    def __init__(self, root):
        super().__init__(daemon=True)
        self.root, self.ended, self.peaks = root, threading.Event(), {}

    def run(self):
        while not self.ended.wait(0.2):
            seen = {int(p.name): found for p in pathlib.Path("/proc").glob("[0-9]*") if (found := peak_of(p))}
            for number, (peak, parent) in seen.items():
                above = parent
                while above in seen and above != self.root:
                    above = seen[above][1]
                if above == self.root and self.is_java(number):
                    self.peaks[number] = max(peak, self.peaks.get(number, 0))

    @staticmethod
    def is_java(number):
        try:
            return os.readlink(f"/proc/{number}/exe").endswith("/java")
        except OSError:
            return False


def step(folder, environment, *command):
    """Runs one command there; returns whether it went well, the seconds it took and its last words."""
    start = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    words = done.stdout.decode("utf-8", "replace").strip().splitlines()[-3:]
    return done.returncode == 0, time.monotonic() - start, " | ".join(words)


def megabytes(folder):
    return sum(file.stat().st_size for file in folder.glob("*.jar")) // 1_000_000


def claims(repository=None):
    """Yields whether each step went well, what it is and how long it took."""
    with tempfile.TemporaryDirectory(prefix="nas-binder-") as home:
        home = pathlib.Path(home)
        folder, venv = home / "repo", home / "venv"
        clean_copy(folder)
        environment = {key: value for key, value in os.environ.items()
                       if not key.startswith(("JUPYTER", "NAS_", "PYTORCH", "VIRTUAL"))}
        for own in (".m2/settings.xml", ".config/pip/pip.conf", ".pip/pip.conf"):  # where packages come from
            if (pathlib.Path.home() / own).is_file():
                (home / own).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(pathlib.Path.home() / own, home / own)
        environment.setdefault("PIP_CACHE_DIR", str(pathlib.Path.home() / ".cache/pip"))
        environment.update(HOME=str(home), PATH=f"{venv / 'bin'}:{environment['PATH']}", PIP_NO_INPUT="1",
                           JAVA_TOOL_OPTIONS=f"-Duser.home={home}")
        if repository:
            environment["BINDER_MAVEN_REPOSITORY"] = str(repository)
        steps = [("an environment is made", sys.executable, "-m", "venv", str(venv)),
                 ("requirements.txt is installed", "pip", "install", "-q", "-r", "binder/requirements.txt"),
                 ("postBuild ends well", "./binder/postBuild")]
        for what, *command in steps:
            if command[0] == "pip":
                command = [str(venv / "bin/python"), "-m", *command]
            good, took, words = step(folder, environment, *command)
            yield good, f"Binder: {what}", f"{took:.0f} s{'' if good else ': ' + words}"
            if not good:
                return
        natives = [file.name for file in (folder / "target/lib").glob("pytorch-native*")]
        yield not natives, "Binder: the native library is in the image once", \
            f"class path of {megabytes(folder / 'target/lib')} MB"
        copy(NOTEBOOK, folder, [])
        process = subprocess.Popen(
            ["binder/start", str(venv / "bin/python"), "src/test/notebook/execute.py", "pressed.ipynb", "out/pressed.ipynb"],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        watch = Resident(process.pid)
        watch.start()
        words = process.communicate()[0].decode("utf-8", "replace").strip().splitlines()
        watch.ended.set()
        yield process.returncode == 0, f"Binder: {NOTEBOOK} runs offline as a session begins it", words[-3:][0]
        peak = sum(watch.peaks.values())
        yield 200 < peak <= RESIDENT, f"Binder: kernel and launcher have at most {RESIDENT} MB resident", \
            f"{peak} MB: {sorted(watch.peaks.values())}"


def main():
    failed = 0
    for holds, claim, found in claims(*sys.argv[1:2]):
        failed += not holds
        print(f"{'ok    ' if holds else 'FAILED'} {claim} ({found})", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
