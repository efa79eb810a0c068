"""Looks for what some readers cannot see: text of too little contrast, pictures without words.

usage: readable.py CHROMIUM PAGE.html ...

axe-core looks at the outputs of a page. What is written in a drawing it does not see, since a drawing
is an image there; so each is laid open, and the contrast of its texts is measured here.
"""

import base64
import pathlib
import re
import sys
from importlib.resources import files

import nbformat

from browser import blank_page

# What our views decide. The rest of a page (its language, landmarks, the editor's colours) is Jupyter's.
RULES = ["color-contrast", "image-alt", "svg-img-alt", "role-img-alt", "input-image-alt", "object-alt",
         "image-redundant-alt", "aria-progressbar-name", "aria-meter-name", "duplicate-id-aria", "list",
         "td-headers-attr", "th-has-data-cells", "scope-attr-valid", "empty-table-header", "summary-name"]
# Errors are in Jupyter's colours. (axe looks at an element that is included and excluded, so they are not included.)
OUTPUTS = ".jp-OutputArea-output" + "".join(f":not([data-mime-type='application/vnd.jupyter.{kind}'])" for kind in ("error", "stderr"))
DRAWING = re.compile(r"<img[^>]* src=.data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
# A page with three mistakes, so that the checks are seen to find each.
PALE = '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="30"><text y="20" fill="#ddd">pale</text></svg>'
UNREADABLE = f"""<!doctype html><title>mistakes</title>
<div class="jp-OutputArea-output"><p style="color:#ccc;background:#fff">pale</p></div>
<div class="jp-OutputArea-output"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<img alt="a drawing" src="data:image/svg+xml;base64,{base64.b64encode(PALE.encode()).decode()}"></div>"""
# A cell whose words are seen on a light page and not on a dark one.
DIM = nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output(
    "display_data", {"text/html": '<p style="color:#333">dim</p>', "text/plain": "dim"})])
# WCAG 2.2, 1.4.3, for text of any size.
CONTRAST = 4.5
# The text of a drawing against all that is painted below it, at three points of each text.
TEXTS = """() => {
  const parts = colour => {
    const n = (colour.match(/[0-9.]+/g) ?? []).map(Number);
    return colour.startsWith('rgb') ? [n[0], n[1], n[2], n[3] ?? 1] : [0, 0, 0, 0];
  };
  const paint = element => {
    const style = getComputedStyle(element), colour = parts(style.fill);
    colour[3] *= style.visibility === 'hidden' ? 0 : style.fillOpacity;
    for (let e = element; e !== document.body; e = e.parentElement) colour[3] *= getComputedStyle(e).opacity;
    return colour;
  };
  const over = (below, top) => [0, 1, 2].map(i => top[3] * top[i] + (1 - top[3]) * below[i]);
  const light = rgb => rgb.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const found = [];
  for (const text of document.querySelectorAll('svg text')) {
    const box = text.getBoundingClientRect(), color = paint(text);
    if (!text.textContent.trim() || !box.width || color[3] < 0.05) continue;
    for (const share of [0.1, 0.5, 0.9]) {
      const below = document.elementsFromPoint(box.x + share * box.width, box.y + box.height / 2)
        .filter(e => /^(rect|path|circle|ellipse|polygon)$/.test(e.tagName)).reverse().map(paint)
        .reduce(over, [255, 255, 255]);
      const [dark, bright] = [light(over(below, color)), light(below)].sort((x, y) => x - y);
      found.push([(bright + 0.05) / (dark + 0.05), text.textContent, color.join(), below.map(Math.round).join()]);
    }
  }
  return found;
}"""


def findings(page):
    """One line for each element of the outputs that breaks a rule."""
    return looked(page)[0]


def looked(page):
    """The findings, and how many texts of the outputs have contrast."""
    if not page.locator(OUTPUTS).count():
        return [], 0
    page.add_script_tag(content=(files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate(
        "([scope, rules]) => axe.run(scope, {runOnly: {type: 'rule', values: rules}})", [OUTPUTS, RULES])
    good = sum(len(kept["nodes"]) for kept in result["passes"] if kept["id"] == "color-contrast")
    found = [f"{broken['id']}: {' '.join(node['html'].split())[:160]} ({' '.join(node['failureSummary'].split())[:200]})"
            for broken in result["violations"] for node in broken["nodes"]]
    return found, good


def pale(page, svg):
    """One line for each text of a drawing whose contrast is too low."""
    page.set_content(f'<body style="margin:0;background:#fff">{svg}</body>')
    worst = {}
    for ratio, text, color, below in page.evaluate(TEXTS):
        if ratio < CONTRAST:
            worst[text] = min(worst.get(text, (CONTRAST, "", "")), (ratio, color, below))
    return [f"contrast {ratio:.2f}: {text} in {color} on {below}" for text, (ratio, color, below) in worst.items()]


def unreadable(pages, chromium):
    """Yields each page of HTML, what is wrong in its outputs, and how many drawings were laid open."""
    with blank_page(chromium) as shown:
        shown.set_viewport_size({"width": 2000, "height": 4000})  # what lies outside is not seen
        # Nothing is fetched: nbconvert's pages name fonts and scripts of other hosts.
        shown.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
        for page in pages:
            shown.goto(page.resolve().as_uri(), wait_until="domcontentloaded")
            found = findings(shown)
            drawings = dict.fromkeys(DRAWING.findall(page.read_text(encoding="utf-8")))
            for drawing in drawings:
                found += pale(shown, base64.b64decode(drawing).decode("utf-8"))
            yield page, found, len(drawings)


def main():
    chromium, *pages = sys.argv[1:]
    broken = 0
    for page, found, drawings in unreadable(map(pathlib.Path, pages), chromium):
        broken += len(found)
        print(f"{page.name}: {len(found)} findings, {drawings} drawings")
        for line in found:
            print(f"  {line}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
