"""What is measured, one module a benchmark; scripts/bench.py runs them."""
