"""The catalogue of indicators: what each number means, what it is computed from, and by which rule."""
