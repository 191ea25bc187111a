"""Reads the towns' deliveries, runs a build, publishes a release, writes reports."""

__version__ = "0.1.0"
