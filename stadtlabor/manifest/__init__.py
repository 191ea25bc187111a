"""`source.yml` and `towns.csv`: what was delivered, validated, with errors that name line and field."""
