"""What the desk planner offers to the pages on all subjects: it stands beneath a space's pictures."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from dashboard.article.blocks import Block
from dashboard.pages.planner import planner_pictures, section
from dashboard.parts import subjects
from dashboard.parts.subjects import Maker
from dashboard.parts.visit import Visit


class Planner(subjects.Subject):
    """What another number of desks, other hours or prices would come to."""

    files: ClassVar[Mapping[str, Maker]] = {planner_pictures.KIND: planner_pictures.by_name}

    def add_to_space(self, space_id: str, visit: Visit) -> Iterator[Block]:
        """The planner of the space."""
        return section.show(visit, space_id)
