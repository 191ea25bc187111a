"""Guesses that help whoever has to mend a quarantined row."""

import difflib
from collections.abc import Collection, Sequence

# A delivery with more distinct unknown keys than this is of another network, not misspelt.
MOST_GUESSES = 200


def nearest_town(keys: Sequence[str], towns: Collection[str]) -> dict[str, str]:
    """For each key the town it was probably meant to be; keys without a guess are left out.

    Knows the lost leading zero, an AGS that went through a spreadsheet as a number (`1053090.0`), and the
    twelve-digit regional key; else the closest key by spelling.
    """
    guesses = {}
    for key in keys[:MOST_GUESSES]:
        digits = key.strip().removesuffix(".0")
        candidates = [digits, digits.zfill(8), *([digits[:5] + digits[-3:]] if len(digits) == 12 else [])]
        meant = [town for town in candidates if town in towns]
        if guess := meant or difflib.get_close_matches(digits, list(towns), n=1, cutoff=0.75):
            guesses[key] = guess[0]
    return guesses
