"""What words mean: concepts, survey indicators, the fixed words of a journal, reasons for quarantine."""
