"""The towns' colours hold against the page and apart from each other, also for colour-blind readers."""

from itertools import combinations

import numpy as np
import pytest

from dashboard.charts.palette import COLOURS, SHAPES, colour, place, shape
from dashboard.charts.theme import INKS

CONTRAST_OF_GRAPHICS = 3.0  # WCAG 2.2, 1.4.11
CONTRAST_OF_TEXT = 4.5  # WCAG 2.2, 1.4.3
APART = 12.0  # CIEDE2000; about 2 is just noticeable side by side
FIRST_APART = 16.0  # the five towns there are

# Machado, Oliveira, Fernandes (2009), severity 1.0, on linear RGB.
SEEN_BY = {
    "everybody": np.eye(3),
    "protanopes": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopes": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopes": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_town_stands_out_against_the_page_and_the_band(theme):
    ink = INKS[theme]
    for own in COLOURS[theme]:
        assert contrast(own, ink.paper) >= CONTRAST_OF_GRAPHICS
        # Upon the band a dot has an edge in the paper's colour; its shape still has to be seen.
        assert contrast(own, ink.band) >= 2.4


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read(theme):
    ink = INKS[theme]
    for words in (ink.text, ink.quiet, ink.accent):
        assert contrast(words, ink.paper) >= CONTRAST_OF_TEXT
    assert contrast(ink.text, ink.land) >= CONTRAST_OF_TEXT


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("reader", SEEN_BY)
def test_any_two_towns_differ_for(reader, theme):
    seen = [lab(linear(own) @ SEEN_BY[reader].T) for own in COLOURS[theme]]

    apart = {pair: difference(seen[pair[0]], seen[pair[1]]) for pair in combinations(range(len(seen)), 2)}

    assert min(apart.values()) >= APART
    assert min(distance for (_, second), distance in apart.items() if second < 5) >= FIRST_APART


def test_the_measure_agrees_with_published_pairs():
    """Two pairs of Sharma, Wu, Dalal (2005), table 1."""
    assert difference(np.array([50, 2.6772, -79.7751]), np.array([50, 0, -82.7485])) == pytest.approx(2.0425, abs=1e-4)
    assert difference(np.array([50, 2.5, 0]), np.array([73, 25, -18])) == pytest.approx(27.1492, abs=1e-4)


def test_the_contrast_agrees_with_its_definition():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_ten_slots_have_ten_shapes_and_an_eleventh_takes_the_first():
    assert len(set(SHAPES)) == len(COLOURS["light"]) == len(COLOURS["dark"]) == 10
    assert [place(slot) for slot in (1, 10, 11)] == [1, 10, 1]
    assert colour(11, "dark") == colour(1, "dark")
    assert shape(11) == shape(1)


def linear(code: str) -> np.ndarray:
    channels = np.array([int(code[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    light = sorted((float(linear(code) @ [0.2126, 0.7152, 0.0722]) for code in (first, second)), reverse=True)
    return (light[0] + 0.05) / (light[1] + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    )
    xyz = np.clip(rgb, 0, 1) @ to_xyz.T / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(first: np.ndarray, second: np.ndarray) -> float:
    """CIEDE2000 after Sharma, Wu, Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean_c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean_c**7 / (mean_c**7 + 25**7))
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    around = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else (h1 + h2 + 360) / 2
    mean_h = h1 + h2 if c1 * c2 == 0 else around
    waves = ((0.17, 1, -30), (-0.24, 2, 0), (-0.32, 3, 6), (0.20, 4, -63))
    t = 1 - sum(size * np.cos(np.radians(times * mean_h + shift)) for size, times, shift in waves)
    sl = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    sc, sh = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    turned = 30 * np.exp(-(((mean_h - 275) / 25) ** 2))
    rotation = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25**7)) * np.sin(np.radians(2 * turned))
    parts = ((l2 - l1) / sl, (c2 - c1) / sc, dh / sh)
    return float(np.sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2]))
