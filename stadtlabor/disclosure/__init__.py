"""Statistical disclosure control: hide what would tell of a person, and attack the result."""
