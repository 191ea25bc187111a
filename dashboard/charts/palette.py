"""A colour and a shape for each town, bound to the town's slot in raw/towns.csv.

The ten colours of each theme were found by maximising the smallest CIEDE2000 distance of any two,
seen normally and as protanopes, deuteranopes and tritanopes see them, with at least 3:1 against the
page; tests/dashboard/charts/test_palette.py holds them to it. The shape says the same without colour.
Red and green carry no meaning anywhere.
"""

COLOURS = {
    "light": (
        "#494cb5",
        "#bc7d1a",
        "#159993",
        "#5e2841",
        "#4a5400",
        "#311c74",
        "#a36ed8",
        "#6c5873",
        "#597d57",
        "#352d15",
    ),
    "dark": (
        "#6aa8fb",
        "#e87c16",
        "#63fdd4",
        "#af7aa3",
        "#f9dd75",
        "#8453c3",
        "#cbe0fe",
        "#4a7e6a",
        "#bc452a",
        "#97a984",
    ),
}

# SVG paths in a square from -1 to 1, of about equal area, so that no town looks larger; Vega draws
# them in charts and the page draws them beside a town's name.
SHAPES = (
    "M0.8,0A0.8,0.8,0,1,1,-0.8,0A0.8,0.8,0,1,1,0.8,0Z",
    "M-0.71,-0.71H0.71V0.71H-0.71Z",
    "M0,-1L1,0L0,1L-1,0Z",
    "M0,-0.95L1.05,0.75H-1.05Z",
    "M-0.36,-0.95H0.36V-0.36H0.95V0.36H0.36V0.95H-0.36V0.36H-0.95V-0.36H-0.36Z",
    "M0,0.95L1.05,-0.75H-1.05Z",
    "M-0.95,0L-0.48,-0.82H0.48L0.95,0L0.48,0.82H-0.48Z",
    "M0.95,0L-0.75,1.05V-1.05Z",
    "M0,-1L0.28,-0.36L0.95,-0.31L0.44,0.14L0.59,0.81L0,0.45L-0.59,0.81L-0.44,0.14L-0.95,-0.31L-0.28,-0.36Z",
    "M-0.95,0L0.75,1.05V-1.05Z",
)

# A town from outside the network, slot 0: a hollow mark in a neutral colour.
HOLLOW = "M0.9,0A0.9,0.9,0,1,1,-0.9,0A0.9,0.9,0,1,1,0.9,0ZM0.55,0A0.55,0.55,0,1,0,-0.55,0A0.55,0.55,0,1,0,0.55,0Z"
NEUTRAL = {"light": "#4a4a4a", "dark": "#d0d0d0"}

# The same shapes as characters, for a line of words that says whose sign is which.
CHARACTERS = "●■◆▲✚▼⬢▶★◀"


def place(slot: int) -> int:
    """The place of a town's slot among the ten signs; an eleventh town takes the first again."""
    return (slot - 1) % len(SHAPES) + 1


def colour(slot: int, theme: str) -> str:
    """The colour of a town's slot (from 1) in "light" or "dark"."""
    return COLOURS[theme][place(slot) - 1] if slot else NEUTRAL[theme]


def character(slot: int) -> str:
    """The shape of a town's slot (from 1) as a character."""
    return CHARACTERS[place(slot) - 1] if slot else "○"


def shape(slot: int) -> str:
    """The shape of a town's slot (from 1), as an SVG path in a square from -1 to 1."""
    return SHAPES[place(slot) - 1] if slot else HOLLOW
