"""One cell in, an answer out: what it says, and what must be told about how it was read."""
