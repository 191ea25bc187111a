"""Tables of the Regionaldatenbank and of GENESIS-Online."""
