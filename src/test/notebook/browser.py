"""Opens an executed notebook in JupyterLab in a headless Chromium, and measures its drawings.

usage: browser.py NOTEBOOK CHROMIUM PICTURE
"""

import json
import os
import pathlib
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# Draw every cell, not only those in view, and ask for no news.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"
DRAWING = ".jp-OutputArea-output img[src^='data:image/svg+xml']"
# After so long the server or the page hangs: some twenty times what they take.
SECONDS = 600
# A port that was free when it was looked for may be taken by a kernel that starts beside it.
PORTS = 5


@contextmanager
def jupyter(folder, home, app="jupyterlab", theme=LIGHT):
    """A server on a free port that knows nothing of the user's settings or trusted notebooks; or app "notebook"."""
    for plugin, setting in {**SETTINGS, "apputils-extension/themes": {"theme": theme}}.items():
        file = home / "lab" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(setting))
    token = secrets.token_hex(16)
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(home / "config"),
                   "JUPYTER_DATA_DIR": str(home / "data"), "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
                   "JUPYTERLAB_SETTINGS_DIR": str(home / "lab")}
    with open(home / "server.log", "w") as log:
        server, url = started(
            [sys.executable, "-m", app, "--allow-root", "--no-browser", "--ip=127.0.0.1",
             "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"],
            f"/api/status?token={token}", log, environment)
        try:
            yield url, token
        finally:
            end(server)


def started(command, status, log, environment):
    """The server and its address; on another port where somebody has taken the one that was free."""
    for left in range(PORTS - 1, -1, -1):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen([*command, f"--port={port}"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                  env=environment)
        try:
            if answers(server, f"http://127.0.0.1:{port}{status}"):
                return server, f"http://127.0.0.1:{port}"
        except BaseException:
            end(server)
            raise
        hangs = server.poll() is None
        end(server)
        if hangs or not left:
            raise RuntimeError(f"{command[2]} didn't start: " + pathlib.Path(log.name).read_text()[-500:])


def answers(server, url):
    """Whether the server, as long as it runs, answers before it hangs."""
    hangs = time.monotonic() + SECONDS
    while time.monotonic() < hangs:
        try:
            # the other one on the port does not know the token
            urllib.request.urlopen(url, timeout=SECONDS).close()
            return True
        except OSError:
            if server.poll() is not None:
                return False
            time.sleep(0.2)
    return False


def end(server):
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def blank_page(chromium):
    """A page of a new browser that nothing of the user's reaches."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET, timeout=SECONDS * 1000)
        try:
            page = browser.new_page(viewport={"width": 1200, "height": 1000})
            page.set_default_timeout(SECONDS * 1000)
            yield page
        finally:
            browser.close()


def shown_drawings(notebook, chromium, picture, wanted):
    """Sizes [width, height] in pixels of the decoded SVG images; the picture is of the first of them."""
    with tempfile.TemporaryDirectory(prefix="nas-lab-") as home, \
            jupyter(notebook.parent, pathlib.Path(home)) as (url, token), blank_page(chromium) as page:
        page.goto(f"{url}/lab/tree/{notebook.name}?token={token}")
        page.wait_for_selector(DRAWING, state="visible", timeout=SECONDS * 1000)
        page.wait_for_function(
            "([css, n]) => { const all = [...document.querySelectorAll(css)];"
            " return all.length >= n && all.every(i => i.complete); }",
            arg=[DRAWING, wanted], timeout=SECONDS * 1000)
        images = page.locator(DRAWING)
        images.first.scroll_into_view_if_needed()
        sizes = images.evaluate_all(
            "all => all.map(i => i.naturalWidth > 0 ? [i.clientWidth, i.clientHeight] : [0, 0])")
        page.screenshot(path=str(picture))
        return sizes


if __name__ == "__main__":
    notebook, chromium, picture = sys.argv[1:]
    print(shown_drawings(pathlib.Path(notebook).resolve(), chromium, pathlib.Path(picture), 1))
