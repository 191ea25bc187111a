"""The pages: each reads like an article, from its question to its sources."""

from dashboard.pages.about import accessibility, guidance
from dashboard.pages.benchmark import page as benchmark
from dashboard.pages.benchmark.subject import Benchmark
from dashboard.pages.events import page as events
from dashboard.pages.events.subject import Events
from dashboard.pages.journal import page as journal
from dashboard.pages.journal.subject import Journal
from dashboard.pages.methods import page as methods
from dashboard.pages.overview import page as overview
from dashboard.pages.passport import page as passport
from dashboard.pages.planner.subject import Planner
from dashboard.pages.quality import page as quality
from dashboard.pages.search import page as search
from dashboard.pages.spaces import page as coworking
from dashboard.pages.spaces.subject import Spaces
from dashboard.pages.statements import page as statements
from dashboard.pages.statements.subject import Statements
from dashboard.pages.structure import page as structure
from dashboard.pages.structure.subject import Structure
from dashboard.pages.surveys import page as surveys
from dashboard.pages.surveys.subject import Surveys
from dashboard.pages.towns import page as towns
from dashboard.pages.towns.subject import Towns
from dashboard.parts import subjects

# The first is the page at the bare address; the navigation's order is `frame.MAIN` and `frame.DATA`.
VIEWS = {
    "overview": overview.show,
    "towns": towns.show,
    "surveys": surveys.show,
    "coworking": coworking.show,
    "events": events.show,
    "structure": structure.show,
    "benchmark": benchmark.show,
    "journal": journal.show,
    "statements": statements.show,
    "quality": quality.show,
    "methods": methods.show,
    "passport": passport.show,
    "search": search.show,
    "help": guidance.show,
    "accessibility": accessibility.show,
}

# What the subjects offer stands in this order: on the overview, in a town's portrait, in turn.
SUBJECTS = subjects.register(
    Surveys(), Spaces(), Planner(), Structure(), Events(), Journal(), Statements(), Towns(), Benchmark()
)
