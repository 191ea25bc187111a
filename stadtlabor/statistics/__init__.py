"""Weighting, the effect of holidays, the home-office gap and the desk planner; published numbers in, numbers out."""
