"""A whole verification in which an engine reads the large tables and finds the rows that can be drawn.

The report is the reference's, word for word, in a fraction of its time and memory. An auditor who trusts no engine
runs `fairdraw.pyz` instead.
"""

from functools import partial

from fairdraw.bundle import Bundle
from fairdraw.engines.narrowing import inputs_of
from fairdraw.verify import Report
from fairdraw.verify import verify as verify_reading


def verify(
    bundle: Bundle, rules_digest: str | None = None, freeze: str | None = None, *, engine: str = "duckdb"
) -> Report:
    """What `fairdraw.verify` reports."""
    return verify_reading(bundle, rules_digest, freeze, read=partial(inputs_of, engine=engine))
