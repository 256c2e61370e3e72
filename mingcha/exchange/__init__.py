"""Other systems, one folder a partner. HTTP goes out here only, and only where the operator configured it."""
