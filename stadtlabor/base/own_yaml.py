"""The project's own YAML: rules, words, contracts. Read by libyaml, through the PyYAML that dbt brings along, in a
tenth of the time that ruamel takes without it."""

import re
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

_OF_1_1 = ("bool", "int", "float")
# What YAML 1.2 reads as something else than text: tag, form, the characters it may begin with.
_OF_1_2 = (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
        "-+.0123456789",
    ),
)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2, as ruamel reads it: `no` is a word and 010 is ten; a key that stands twice is refused."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """The mapping of a node; ConstructorError names the line of a key that stands twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"'{key.value}' stands twice", key.start_mark)
            seen.add(str(key.value))
        return dict(super().construct_mapping(node, deep=deep))


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag.split(":")[-1] not in _OF_1_1]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _kind, _form, _first in _OF_1_2:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_form})$"), list(_first))
_Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def read(path: Path) -> Any:
    """What a file says; `yaml.YAMLError` names the line where it is no YAML, or a key stands twice."""
    return yaml.load(path.read_bytes(), Loader=_Loader)
