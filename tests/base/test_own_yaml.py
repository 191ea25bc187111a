"""The project's own YAML says what YAML 1.2 says, though libyaml reads 1.1."""

import pytest
import yaml

from stadtlabor.base import own_yaml

SAID = {
    "no": "no", "yes": "yes", "on": "on", "true": True, "010": 10, "1:30": "1:30", "1.5": 1.5, "1e3": 1000.0,
    "08": 8, "1_000": "1_000", '"7"': "7", "~": None,
}  # fmt: skip


def test_only_what_yaml_1_2_knows_is_more_than_a_word(tmp_path):
    path = tmp_path / "words.yml"
    path.write_text("".join(f"- {word}\n" for word in SAID))

    assert own_yaml.read(path) == list(SAID.values())


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path):
    path = tmp_path / "twice.yml"
    path.write_text("a: {b: 1}\nc:\n  d: 1\n  d: 2\n")

    with pytest.raises(yaml.YAMLError, match=r"'d' stands twice[\s\S]*line 4"):
        own_yaml.read(path)
