"""What an output must be so that pages which can't be looked at here show it: GitHub's, VS Code's, an untrusted notebook's.

GitHub and JupyterLab (before a notebook is trusted) run no script and keep only some tags of HTML: a drawing is seen as an
image whose source is its data, and not as SVG amid the HTML. VS Code takes the richest type of an output, even one that
it can't draw.
"""

import base64
from html.parser import HTMLParser
from xml.etree import ElementTree

# What all of them draw without an extension.
TYPES = {"text/plain", "text/html", "image/svg+xml", "image/png"}
# The tags of our views that both sanitizers keep; a progress bar's words stand beside it.
TAGS = {"a", "b", "br", "code", "details", "div", "em", "h3", "h4", "i", "img", "li", "ol", "p", "pre", "progress", "span",
        "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"}
SVG = "data:image/svg+xml;base64,"


class Page(HTMLParser):
    """The tags, images and words of an HTML output; what is in a script is none."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.images, self.events, self.words, self.scripts = set(), [], [], [], 0
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.inside = tag == "script"
        self.scripts += self.inside
        if not self.inside:
            self.tags.add(tag)
            self.events += [name for name in given if name.startswith("on")]
        if tag == "img":
            self.images.append((given.get("src") or "", given.get("alt") or ""))

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"

    def handle_data(self, text):
        if not self.inside and text.strip():
            self.words.append(text.strip())


def outside(svg):
    """What a drawing asks of other files, or runs."""
    for element in ElementTree.fromstring(svg).iter():
        if element.tag.rpartition("}")[2] in ("script", "foreignObject", "style"):
            yield element.tag.rpartition("}")[2]
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] in ("href", "src") and not value.startswith("#"):
                yield f"{name}={value[:40]}"


def broken(data):
    """One line for each rule that an output (its content by MIME type) breaks."""
    data = {mime: "".join(value) if isinstance(value, list) else value for mime, value in data.items()}
    if set(data) - TYPES:
        yield f"has a type that VS Code may not draw: {sorted(set(data) - TYPES)}"
    if "text/plain" not in data:
        yield "has no plain text"
    if "image/svg+xml" in data and SVG not in data.get("text/html", ""):
        yield "has a drawing that an untrusted notebook does not show"
    if "text/html" not in data:
        return
    page = Page(data["text/html"])
    if page.tags - TAGS:
        yield f"has tags that are taken away: {sorted(page.tags - TAGS)}"
    if page.events:
        yield f"has attributes that are taken away: {page.events}"
    if page.scripts and not (page.images or page.tags & {"table"}):
        yield "has a script, and nothing where it does not run"
    for source, alt in page.images:
        if not source.startswith((SVG, "data:image/png;base64,")):
            yield f"has an image that is elsewhere: {source[:60]}"
        elif not alt.strip():
            yield "has an image without words"
        elif source.startswith(SVG):
            yield from (f"has a drawing with {what}" for what in outside(base64.b64decode(source[len(SVG):]).decode("utf-8")))
