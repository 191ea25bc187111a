"""Official statistics: one module per publication, all ending in the landing table `figures`."""
