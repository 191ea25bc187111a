"""The pages: each reads like an article, from its question to its sources."""

from dashboard.views import (
    accessibility,
    benchmark,
    coworking,
    events,
    guidance,
    journal,
    methods,
    overview,
    passport,
    quality,
    search,
    statements,
    structure,
    surveys,
    towns,
)

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
