"""Builds the documentation as plain HTML that needs no network, and checks that every link in it leads somewhere.

usage: pages.py FOLDER

The sources are the repository's own: README.md becomes index.html, every other Markdown file and every
executed notebook a page at its own path, and files that a page links to lie beside it. A folder `apidocs`
that lies in FOLDER already is linked to.
"""

import html
import pathlib
import re
import shutil
import sys
import urllib.parse
from html.parser import HTMLParser

import mistune
import nbformat
from nbconvert import HTMLExporter

ROOT = pathlib.Path(__file__).resolve().parents[2]
STYLE = """
body{margin:0;font:16px/1.6 system-ui,sans-serif;color:#1f2933;background:#fff}
nav{background:#1f2933;padding:10px 24px;display:flex;flex-wrap:wrap;gap:6px 20px}nav a{color:#fff;text-decoration:none}
nav a:hover,nav a:focus{text-decoration:underline}main{max-width:62rem;margin:0 auto;padding:16px 24px 64px}
a{color:#0b5394}pre,code{font:13px/1.5 ui-monospace,monospace;background:#f2f5f8}pre{padding:12px;overflow-x:auto}
table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid #d5dbe1;padding:4px 10px;text-align:left;vertical-align:top}
th{background:#f2f5f8}img{max-width:100%;height:auto}h1,h2,h3{line-height:1.25}
"""
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><nav aria-label="Pages">{nav}</nav><main>
{body}
</main></body></html>
"""
# nbconvert's template names scripts, styles and fonts of other hosts; our outputs need none of them.
FOREIGN = re.compile(r"<script[^>]+src=[\"']https?:[^>]*>\s*</script>|<link[^>]+href=[\"']https?:[^>]*>"
                     r"|<script type=[\"']text/x-mathjax-config[\"'].*?</script>"
                     r"|<script type=[\"']module[\"']>.*?</script>|@import url\([\"']?https?:[^)]*\);?", re.DOTALL)


def sources(root):
    """The Markdown files and the notebooks that become pages, the first ones first in the navigation."""
    found = [root / "README.md", root / "CONTRIBUTING.md", root / "CHANGELOG.md"]
    found += sorted((root / "src/site").glob("*.md")) + sorted((root / "src/bench/results").glob("*.md"))
    return [file for file in found if file.is_file()] + sorted((root / "notebooks").glob("*.ipynb"))


def page_of(file, root):
    """Where the page of a source lies, below the folder of the site."""
    path = file.relative_to(root)
    return pathlib.PurePosixPath("index.html" if path.name == "README.md" and path.parent == pathlib.Path(".")
                                 else path.with_suffix(".html"))


def slug(text):
    """The anchor of a heading, as on GitHub."""
    return re.sub(r"[^\w\- ]", "", html.unescape(re.sub(r"<[^>]+>", "", text)).lower()).replace(" ", "-")


class Markdown(mistune.HTMLRenderer):
    """Headings that can be linked to."""

    def __init__(self):
        super().__init__(escape=False)

    def heading(self, text, level, **attributes):
        return f'<h{level} id="{slug(text)}">{text}</h{level}>\n'


def relative(target, page):
    """A link from one page to another path of the site."""
    up = len(page.parts) - 1
    return "/".join([".."] * up + [str(target)])


def relinked(body, file, page, root, out):
    """Links to sources lead to their pages; other files that are named are laid beside them."""
    def link(found):
        where = urllib.parse.urlsplit(html.unescape(found.group(2)))
        if where.scheme or where.netloc or not where.path:
            return found.group(0)
        target = (file.parent / urllib.parse.unquote(where.path)).resolve()
        if not target.is_file() or root not in target.parents:
            return found.group(0)  # the check of the links tells
        if target in sources(root):
            path = page_of(target, root)
        else:
            path = pathlib.PurePosixPath(target.relative_to(root))
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(target, out / path)
        fragment = f"#{where.fragment}" if where.fragment else ""
        return f'{found.group(1)}="{html.escape(relative(path, page) + fragment)}"'

    return re.sub(r'\b(href|src)="([^"]*)"', link, body)


def navigation(page, root, out):
    places = [(page_of(file, root), name(file)) for file in sources(root) if file.suffix == ".md"
              and "bench" not in file.parts and file.name != "CHANGELOG.md"]
    places += [(page_of(file, root), file.stem) for file in sources(root) if file.suffix == ".ipynb"]
    if (out / "apidocs/index.html").is_file():
        places.append((pathlib.PurePosixPath("apidocs/index.html"), "API"))
    return "".join(f'<a href="{html.escape(relative(path, page))}">{html.escape(words)}</a>' for path, words in places)


def name(file):
    return "nas4j" if file.name == "README.md" else file.stem.replace("-", " ").capitalize()


def notebook(file):
    """The body and the styles of an executed notebook."""
    exporter = HTMLExporter(embed_images=True)
    body, _ = exporter.from_notebook_node(nbformat.read(file, as_version=4))
    body = FOREIGN.sub("", body)
    head, _, rest = body.partition("<body")
    styles = "".join(re.findall(r"<style.*?</style>", head, re.DOTALL))
    inner = rest.partition(">")[2].rpartition("</body>")[0]
    return styles, inner


def build(out, root=ROOT):
    """Writes every page; returns how many."""
    markdown = mistune.create_markdown(renderer=Markdown(), plugins=["table", "strikethrough", "url"])
    for file in sources(root):
        page = page_of(file, root)
        if file.suffix == ".md":
            styles, body, title = "", markdown(file.read_text(encoding="utf-8")), name(file)
        else:
            styles, body = notebook(file)
            title = file.stem
        body = relinked(body, file, page, root, out)
        whole = PAGE.format(title=html.escape(title), style=STYLE, nav=navigation(page, root, out), body=body)
        (out / page).parent.mkdir(parents=True, exist_ok=True)
        (out / page).write_text(whole.replace("</head>", styles + "</head>", 1), encoding="utf-8")
    return len(sources(root))


class Links(HTMLParser):
    """What a page links to, what it can be linked at, and what it would fetch from elsewhere."""

    def __init__(self):
        super().__init__()
        self.links, self.anchors, self.fetched = [], set(), []

    def handle_starttag(self, tag, attributes):
        of = dict(attributes)
        self.anchors |= {of[key] for key in ("id", "name") if of.get(key)}
        link = of.get("href") or of.get("src")
        if not link:
            return
        where = urllib.parse.urlsplit(link)
        if where.scheme in ("http", "https") or where.netloc:
            if tag != "a":
                self.fetched.append(link)
        elif not where.scheme:
            self.links.append(where)


def read(file):
    links = Links()
    links.feed(file.read_text(encoding="utf-8"))
    return links


def broken(out):
    """Links that lead nowhere, and what would need a network: one line each. The API's own pages are its tool's."""
    pages = {file: read(file) for file in sorted(out.rglob("*.html")) if "apidocs" not in file.relative_to(out).parts}
    for file, links in pages.items():
        yield from (f"{file.relative_to(out)} fetches {link}" for link in links.fetched)
        for where in links.links:
            target = (file.parent / urllib.parse.unquote(where.path)).resolve() if where.path else file
            anchors = pages[target].anchors if target in pages else {where.fragment}
            # as a browser does: an anchor by its name as written, else decoded
            known = not where.fragment or {where.fragment, urllib.parse.unquote(where.fragment)} & anchors
            if not target.is_file() or not known:
                yield f"{file.relative_to(out)} links to {where.geturl()}, which is not there"


def main():
    out = pathlib.Path(sys.argv[1]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    count = build(out)
    wrong = list(broken(out))
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{count} pages in {out}, {len(wrong)} links lead nowhere")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
