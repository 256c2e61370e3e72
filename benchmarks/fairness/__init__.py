"""Statistics of fairness, with known false alarms; for benchmarks/chance.py and the tests of the engine."""
