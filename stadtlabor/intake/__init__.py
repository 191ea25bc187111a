"""Read a delivery, ask the gate, keep the outcome by its content."""
