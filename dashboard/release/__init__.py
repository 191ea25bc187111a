"""The one read-only way to the published release: a function per question."""
