"""Great Expectations: may this delivery come in? Suites as plain files, and the gate."""
