"""The gallery's pages: plain HTML and CSS, no scripts, nothing from elsewhere."""

import html
import urllib.parse

TITLE = "Midsummer in the archipelago"

STYLE = """\
:root { color-scheme: light dark; --paper: #f7f5f0; --ink: #22303f; --quiet: #6b7a88; --line: #dcd6ca; }
@media (prefers-color-scheme: dark) { :root { --paper: #12181f; --ink: #e6e3dc; --quiet: #93a1ae; --line: #2a3541; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.55 Georgia, "Iowan Old Style", serif; }
header { display: flex; align-items: center; gap: 1.2rem; max-width: 68rem; margin: 0 auto; padding: 3rem 1.5rem 1.5rem; }
header img { width: 64px; height: 64px; }
h1 { margin: 0; font-size: clamp(1.5rem, 4vw, 2.4rem); font-weight: 500; letter-spacing: -0.01em; }
header p { margin: 0.2rem 0 0; color: var(--quiet); }
main { max-width: 68rem; margin: 0 auto; padding: 0.5rem 1.5rem 3rem; }
.photos { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0; padding: 0; list-style: none; }
.photos li { flex: var(--shape) 1 calc(var(--shape) * 11rem); min-width: 9rem; }
.photos a { display: block; color: inherit; text-decoration: none; }
.photos img { display: block; width: 100%; aspect-ratio: var(--shape); object-fit: cover; border-radius: 4px; background: var(--line); }
.photos a:hover img, .photos a:focus-visible img { filter: brightness(1.08); }
.photos span { display: block; padding: 0.35rem 0.1rem 0.6rem; font-size: 0.82rem; color: var(--quiet); }
footer { max-width: 68rem; margin: 0 auto; padding: 1.2rem 1.5rem 3rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.85rem; }
a { color: inherit; }
"""


def page(title, body):
    return f"""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<link rel="stylesheet" href="assets/style.css">
<link rel="icon" href="assets/compass.png">
{body}
</html>
"""


def index(album):
    items = []
    for photo in album:
        shape = format(photo["width"] / photo["height"], ".3f")
        items.append(
            f'<li style="--shape: {shape}"><a href="{urllib.parse.quote(photo["photo"])}">'
            f'<img src="{urllib.parse.quote(photo["thumb"])}" alt="{html.escape(photo["title"])}" loading="lazy">'
            f'<span>{html.escape(photo["title"])}</span></a></li>')
    listing = "\n".join(items)
    return page(TITLE, f"""\
<header>
<img src="assets/compass.png" alt="">
<div><h1>{TITLE}</h1><p>Three days, three cameras, all of them four hours ahead</p></div>
</header>
<main>
<ul class="photos">
{listing}
</ul>
</main>
<footer><a href="about.html">About these pictures</a></footer>""")


def about():
    return page("About these pictures", """\
<header><img src="assets/compass.png" alt=""><div><h1>About these pictures</h1></div></header>
<main>
<p>No camera took them. Each is computed by <code>Fixtures/make.py</code>, pixel by pixel, and given the Exif data that cameras write.</p>
<p><a href="index.html">Back to the gallery</a></p>
</main>""")
