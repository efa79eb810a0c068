import base64
import unittest

from rules import broken


def image(svg='<svg xmlns="http://www.w3.org/2000/svg"/>', alt="a drawing"):
    return f'<img alt="{alt}" src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'


def found(**data):
    return list(broken({mime.replace("__", "/").replace("_xml", "+xml"): value for mime, value in data.items()}))


class Rules(unittest.TestCase):
    def test_a_view_as_ours_breaks_none(self):
        self.assertEqual([], found(text__plain="a", text__html=["<div style='color:#000'>a</div>", image()],
                                   image__svg_xml="<svg/>"))

    def test_a_script_with_a_twin_breaks_none(self):
        self.assertEqual([], found(text__plain="a", text__html=f"<script>x('<svg>')</script>{image()}"))

    def test_a_script_alone_is_found(self):
        self.assertIn("nothing where it does not run", " ".join(found(text__plain="a", text__html="<script>x()</script>")))

    def test_what_is_taken_away_is_found(self):
        self.assertIn("['style', 'svg']", " ".join(found(text__plain="a", text__html="<style>p{}</style><svg></svg>")))
        self.assertIn("onclick", " ".join(found(text__plain="a", text__html="<p onclick='x()'>a</p>")))

    def test_a_type_without_a_renderer_is_found(self):
        lines = list(broken({"text/plain": "a", "application/vnd.plotly.v1+json": "{}"}))
        self.assertIn("VS Code", " ".join(lines))

    def test_a_drawing_that_only_a_trusted_page_shows_is_found(self):
        self.assertIn("untrusted", " ".join(found(text__plain="a", image__svg_xml="<svg/>")))

    def test_an_image_elsewhere_or_without_words_is_found(self):
        self.assertIn("elsewhere", " ".join(found(text__plain="a", text__html='<img alt="a" src="https://a.b/c.png">')))
        self.assertIn("without words", " ".join(found(text__plain="a", text__html=image(alt=""))))

    def test_a_drawing_that_asks_of_others_is_found(self):
        svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://a.b/c.png"/><script/></svg>'
        lines = " ".join(found(text__plain="a", text__html=image(svg)))
        self.assertIn("href=https", lines)
        self.assertIn("with script", lines)


if __name__ == "__main__":
    unittest.main()
