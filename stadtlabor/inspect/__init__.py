"""What a file is, for people and as a ready-to-edit `source.yml`."""
