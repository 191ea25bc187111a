"""Chance from a seed: the same seed and name give the same numbers, on every machine and Python."""

import math
import random
from collections.abc import Mapping


class Dice:
    """A stream of chance of its own; only `random()` of the Mersenne Twister is drawn from.

    Python promises that one sequence across versions; the convenience methods above it may change.
    """

    def __init__(self, seed: int, name: str) -> None:
        self._random = random.Random(f"{seed}/{name}").random

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self._random() < probability

    def below(self, count: int) -> int:
        """A whole number from 0 to under `count`."""
        return int(self._random() * count)

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`, all equally likely."""
        return low + (high - low) * self._random()

    def normal(self, mean: float, spread: float) -> float:
        """A normally distributed number (Box and Muller)."""
        radius = math.sqrt(-2 * math.log(1 - self._random()))
        return mean + spread * radius * math.cos(2 * math.pi * self._random())

    def pick(self, weights: Mapping[str, float]) -> str:
        """A key, as likely as its weight."""
        point = self._random() * sum(weights.values())
        for key, weight in weights.items():
            point -= weight
            if point < 0:
                return key
        return key

    def some(self, chances: Mapping[str, float]) -> list[str]:
        """Every key that comes up, each by its own probability."""
        return [key for key, probability in chances.items() if self.chance(probability)]

    def token(self, length: int, alphabet: str) -> str:
        """A meaningless word, as tools use for numbers of responses."""
        return "".join(alphabet[self.below(len(alphabet))] for _ in range(length))
