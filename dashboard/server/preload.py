"""Which of Streamlit's own files a page will need, said at its head so that the browser fetches them at once.

Streamlit's frame asks for the code of a chart only when the first chart arrives, and that code then asks for its
own parts: three waits in a row. The files are found by reading what they import, so a newer Streamlit brings its own.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import streamlit

FILES = Path(streamlit.__file__).parent / "static" / "static" / "js"
# The parts that every page is made of, by their names before the hash.
PARTS = ("Html", "PageLink", "Selectbox", "ArrowVegaLiteChart")
IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


@lru_cache(maxsize=1)
def files() -> Sequence[str]:
    """The names of all files that the parts need, the parts first; empty where Streamlit names them otherwise."""
    waiting = [path.name for part in PARTS for path in sorted(FILES.glob(f"{part}.*.js"))]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name not in found and (FILES / name).is_file():
            found[name] = None
            waiting += IMPORTED.findall((FILES / name).read_text("utf-8"))
    return tuple(found)


def links(page: str) -> str:
    """Preload links for what `page`, Streamlit's own HTML, does not name already."""
    return "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in files() if name not in page
    )
