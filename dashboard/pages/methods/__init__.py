"""Every indicator's passport, and the release to take away."""
