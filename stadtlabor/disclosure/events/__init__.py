"""Events: what follows from printed counts, attacked on the finished release."""
