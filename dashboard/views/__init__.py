"""The pages: each reads like an article, from its question to its sources."""

from dashboard.views import methods, overview, quality, statements, structure, surveys, towns

# In the order of the navigation; the first is the page at the bare address.
VIEWS = {
    "overview": overview.show,
    "towns": towns.show,
    "surveys": surveys.show,
    "structure": structure.show,
    "statements": statements.show,
    "quality": quality.show,
    "methods": methods.show,
}
