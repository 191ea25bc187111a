"""What the readers of tables of bookings share."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence

from stadtlabor.files import headings
from stadtlabor.files.raw import RawFile
from stadtlabor.manifest.source import Manifest
from stadtlabor.readers.bookings.land import land
from stadtlabor.readers.bookings.model import BookingPlan
from stadtlabor.readers.bookings.scaffold import lines, scaffold
from stadtlabor.readers.protocol import ReadResult, Recognition
from stadtlabor.readers.table_export import TableExport
from stadtlabor.values import visibility

# What there must be beside the columns: where the desks are, and when they can be booked.
SPACES = """  spaces:
    - id: space
      name: Name
      timezone: Europe/Berlin
      public_holidays: closed
      desks: [{id: desk, name: Desk, written: [as it stands in the file]}]
      opening_hours: [{weekdays: [mon, tue, wed, thu, fri], opens: "09:00", closes: "17:00"}]"""


class BookingTable(TableExport[BookingPlan]):
    """A booking tool's export; each tool gives its headings and its plan."""

    kind = "bookings"
    table = "bookings"
    record = "booking"
    field = "bookings.columns"
    where = "bookings: columns"
    personal = frozenset({"user", "title", "comments", "attendees", "description"})

    @abstractmethod
    def recognition(self, columns: Sequence[str], found: Mapping[str, int]) -> Recognition:
        """How sure the headings make us."""

    def named(self, manifest: Manifest | None) -> dict[str, str]:
        """Those under `bookings: columns:`."""
        return manifest.bookings.columns.model_dump(exclude_none=True) if manifest and manifest.bookings else {}

    def find(self, columns: Sequence[str], manifest: Manifest | None) -> dict[str, int]:
        """Which column holds what; in any tool's export there may be a mark of private bookings."""
        known = {**self.headings, **visibility.HEADINGS}
        return headings.find_named(columns, known, self.named(manifest), self.field)

    def to_name(self, recognition: Recognition) -> str:
        """With a space to be filled in, which bookings need and an unread file does not give."""
        text = super().to_name(recognition)
        return f"{text}\n{SPACES}" if text else ""

    def land(self, plan: BookingPlan, manifest: Manifest | None, file: str) -> ReadResult:
        """The bookings on their way to the landing table."""
        return land(plan, manifest)

    def scaffold(self, file: RawFile, result: ReadResult) -> Mapping[str, object]:
        """The `bookings:` part of a ready-to-edit source.yml."""
        return scaffold(result)

    def describe(self, result: ReadResult) -> list[str]:
        """The bookings in a few sentences, for `inspect`."""
        return lines(result)
