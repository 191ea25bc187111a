"""A small table in every pollution of HPI Pollock's benchmark: no record is read wrong, and none is lost."""

from tests.bench import pollock, pollutions


def test_no_pollution_lets_a_wrong_record_in_or_loses_one(tmp_path):
    table = "".join(pollutions.own_table().splitlines(keepends=True)[:6])
    pollock.generate(tmp_path, table)
    names = sorted(path.name for path in (tmp_path / "csv").iterdir())
    assert len(names) == 6 * (9 + 9 + 8 + 1) + 22

    total, wrong = pollock.judge(pollock.stadtlabor, [(tmp_path / "csv" / n, tmp_path / "clean" / n) for n in names])

    assert not wrong
    assert (total["safe"], total["lost"]) == (len(names), 0)
    assert total["whole"] > 15
