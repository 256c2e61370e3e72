"""The draw on frames of millions of rows: DuckDB in this process, or Spark, in front of the reference.

The only part of `fairdraw` that needs other packages. An engine never has the last word: it finds the rows that can
be drawn, the reference ranks them and writes the result; and files that an engine cannot show to be sound are read
by the reference, whose sentence counts. Why it is so: docs/adr/0012-engines.md.
"""

from fairdraw.engines.narrowing import ENGINES, EngineDiffers, draw_objects, inputs_of, result_of
from fairdraw.engines.verification import verify

# Rows of a frame from which DuckDB makes a result faster than the reference. They are even near 100,000 rows; on two
# busy cores benchmarks/draw.py gave (seconds DuckDB / reference): 100,000 rows 0.11 / 0.13, 500,000 rows 0.41 / 0.75,
# 10 million rows 14 / 25. Below half a million the gain is less than anyone notices, and the simpler way is taken.
WORTH_FROM = 500_000

__all__ = ["ENGINES", "WORTH_FROM", "EngineDiffers", "draw_objects", "inputs_of", "result_of", "verify"]
