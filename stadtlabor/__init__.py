"""Reads the towns' deliveries, runs a build, publishes a release, writes reports."""

import os

# Matrices here are small: a thread each is forty times as fast on a busy machine, where threads wait for
# each other. The library reads this when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
