"""One folder a partner; partners do not know one another."""
