"""Opens what views make of hostile names in a browser: nothing of them runs, nothing is fetched.

usage: hostile.py CHROMIUM CLASSPATH FOLDER

Hostile.java writes the pages, in which outputs stand as a trusted notebook shows them, scripts and all, and
every drawing is a document of its own.
"""

import os
import pathlib
import re
import subprocess
import sys

from jupyter_client.kernelspec import KernelSpecManager

from browser import blank_page

HERE = pathlib.Path(__file__).resolve().parent
# A page with three mistakes, so that the checks are seen to find each.
HARMFUL = """<!doctype html><meta charset="utf-8"><title>mistakes</title><script>window.ran = 'script'</script>
<img src="http://nas4j.invalid/a.png" alt=""><a href="javascript:window.ran = 1">a link</a><p id="end">1 views</p>"""
# The logo of an interactive figure leads there, for who clicks it.
CLICKED = {"https://plotly.com/"}
STATE = """() => ({
  ran: String(window.ran ?? ''),
  links: [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(
    a => /^\\s*(javascript|https?|ftp|file):/i.test(a.value) && /(href|src|action|data)$/i.test(a.name)).map(a => a.value),
  handlers: [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(
    a => /^on/i.test(a.name)).map(a => a.name),
  whole: !!document.querySelector('#end, main, svg'),
})"""


def kernel_classpath():
    """What the Java kernel has on its class path."""
    spec = KernelSpecManager().get_kernel_spec("java")
    # a JVM knows the form without the ending only
    return os.pathsep.join(re.sub(r"\*\.jar$", "*", entry)
                           for entry in spec.env["JJAVA_CLASSPATH"].split(os.pathsep))


def write_pages(classpath, folder):
    java = pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java" if "JAVA_HOME" in os.environ else "java"
    subprocess.run([java, "-Dslf4j.internal.verbosity=ERROR", "-cp", classpath, HERE / "Hostile.java", folder],
                   check=True, stdin=subprocess.DEVNULL)


def harm(pages, chromium):
    """Yields each page and what it did, or would do when clicked, that it must not."""
    with blank_page(chromium) as page:
        asked, said = [], []
        local = ("file:", "data:", "blob:", "about:")

        def answer(route):
            if not route.request.url.startswith(local):
                asked.append(route.request.url)
                return route.abort()
            return route.continue_()

        page.route("**/*", answer)
        page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: said.append(f"broken script: {error}"))
        for file in pages:
            asked.clear()
            said.clear()
            page.goto(file.resolve().as_uri(), wait_until="load")
            page.wait_for_timeout(50)  # for what a script starts later
            found = [f"fetches {url}" for url in asked] + said
            for frame in page.frames:
                state = frame.evaluate(STATE)
                found += [f"ran: {state['ran']}"] if state["ran"] else []
                found += [f"leads to {link}" for link in state["links"] if link not in CLICKED]
                found += [f"has {name}" for name in state["handlers"]]
                found += [] if state["whole"] else ["is cut short"]
            yield file, found, len(page.frames) - 1


def main():
    chromium, classpath, folder = sys.argv[1:]
    folder = pathlib.Path(folder)
    write_pages(classpath, folder)
    pages = sorted(folder.glob("*.html"))
    broken = drawings = 0
    for page, found, frames in harm(pages, chromium):
        broken += len(found)
        drawings += frames
        for line in found:
            print(f"{page.name}: {line}")
    print(f"{len(pages)} pages, {drawings} drawings, {broken} findings")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
