"""Does every part of the protection matter, and does the audit see it when one is missing?"""

import pytest

from stadtlabor.disclosure.policy import PARTS
from tests.disclosure.surveys.experiment import attacked, planted

SEEDS = range(900, 903)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_first", [True, False])
def test_with_all_parts_nothing_is_found(seed: int, is_first: bool):
    result = attacked(planted(seed), PARTS, is_first=is_first)

    assert result.first_findings() == []
    assert (result.row["hidden_cells"] or 0) > 0


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("off", sorted(PARTS))
def test_a_missing_part_is_found(seed: int, off: str):
    result = attacked(planted(seed), PARTS - {off}, is_first=off != "previous")

    assert not result.passed
