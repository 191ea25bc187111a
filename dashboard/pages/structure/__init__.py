"""Official figures of the towns on the band of their peers."""
