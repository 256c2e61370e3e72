"""The inputs of a draw with only those rows of the frame that its key can draw, found by an engine.

The reference ranks these rows with its own hashes and writes the result, so an engine decides neither a ticket nor
an order nor a byte of `result.tsv`; a whole verification by the reference also finds a row that it left out.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from fairdraw.ceremony import CEREMONY_FILE, read_ceremony
from fairdraw.engines.in_duckdb import InDuckDB
from fairdraw.engines.in_spark import InSpark
from fairdraw.engines.selection import Selected, select
from fairdraw.engines.soundness import Doubtful, check_bytes, check_objects, check_people
from fairdraw.engines.workplace import TABLES, Engine, EngineFailed, workplace
from fairdraw.errors import Refused
from fairdraw.frame import FRAME, INPUT_FILES, RULES_FILE, ExcludedRow, FrameRow, Inputs, check_files
from fairdraw.notation import digest_of
from fairdraw.result import key_for
from fairdraw.result import result_of as reference_result_of
from fairdraw.rules import read_rules
from fairdraw.tables import Rows
from fairdraw.tickets import Place, ticket
from fairdraw.tickets import draw_objects as reference_draw_objects

ENGINES = ("duckdb", "spark")

_log = logging.getLogger(__name__)


class EngineDiffers(AssertionError):
    """The engine gave other tickets or another order than the reference: a fault of one of them, not of the bundle."""


@dataclass(frozen=True)
class Narrowed(Inputs):
    """Sound files of which `frame` holds the rows that can be drawn and `excluded` none; `sizes` are of all rows."""

    sizes: Mapping[str, int]

    @cached_property
    def strata_sizes(self) -> Mapping[str, int]:
        return self.sizes


def inputs_of(files: Mapping[str, bytes], engine: str = "duckdb") -> Inputs:
    """What `check_files` returns, as far as the draw with the `ceremony.json` among the files needs it.

    Raises Refused with the same sentence; files that the engine cannot show to be sound come back whole.
    """
    return _narrowed(files, lambda inputs: key_for(inputs, read_ceremony(_ceremony(files), inputs.rules)), engine)


def result_of(files: Mapping[str, bytes], engine: str = "duckdb") -> bytes:
    """The bytes of `result.tsv` for the input files and `ceremony.json`; raises Refused."""
    inputs = inputs_of(files, engine)
    return reference_result_of(inputs, _ceremony(files))


def draw_objects(
    files: Mapping[str, bytes], key: str, engine: str = "duckdb"
) -> dict[str, tuple[list[Place], list[Place]]]:
    """Per stratum, sorted: the drawn objects and the reserves, for the five input files; raises Refused."""
    inputs = _narrowed(files, lambda _: key, engine)
    return reference_draw_objects(inputs.frame, inputs.rules.strata, key)


def _ceremony(files: Mapping[str, bytes]) -> bytes:
    if CEREMONY_FILE not in files:
        raise Refused(f"缺少文件 {CEREMONY_FILE}。")
    return files[CEREMONY_FILE]


def _narrowed(files: Mapping[str, bytes], key_for_inputs: Callable[[Inputs], str], engine: str) -> Inputs:
    if not files.keys() >= set(INPUT_FILES):
        return check_files(files)
    spark = {"duckdb": lambda: None, "spark": InSpark}[engine]()
    try:
        with workplace(files) as folder, InDuckDB(folder) as duckdb:
            inputs = _sound(duckdb, folder, files)
            key = key_for_inputs(inputs)
            if spark is not None:
                _lay_out(spark, folder, files)
            rows = select(spark or duckdb, folder, inputs.rules.strata, inputs.sizes, key)
    except (Doubtful, Refused):
        return check_files(files)
    except EngineFailed as failure:
        _log.warning("%s gave up, the reference draws: %s", engine, failure)
        return check_files(files)
    for row in rows:
        if ticket(key, row.object) != row.ticket:
            raise EngineDiffers(f"{engine}: {row.object} got the ticket {row.ticket}")
    return replace(inputs, frame=_frame(rows))


def _sound(duckdb: InDuckDB, folder: Path, files: Mapping[str, bytes]) -> Narrowed:
    """Everything but the frame's rows, which nobody needs yet; Doubtful or Refused when it was not shown."""
    rules = read_rules(files[RULES_FILE])
    check_bytes(files, rules)
    _lay_out(duckdb, folder, files)
    try:
        sizes = check_objects(duckdb, files, rules)
        roster, barred = check_people(duckdb, files, rules)
    except EngineFailed:
        raise Doubtful from None
    return Narrowed(
        rules=rules,
        rules_digest=digest_of(files[RULES_FILE]),
        frame=_frame([]),
        excluded=Rows(ExcludedRow, [[], []]),
        roster=roster,
        barred=barred,
        sizes=sizes,
    )


def _lay_out(engine: Engine, folder: Path, files: Mapping[str, bytes]) -> None:
    for name, columns in TABLES.items():
        if files[f"{name}.tsv"]:
            engine.table(name, folder / f"{name}.tsv", columns)


def _frame(rows: Iterable[Selected]) -> Rows[FrameRow]:
    """The rows as the reference would have read them, in the order of the file."""
    order = sorted((row.object, row.stratum, row.area, row.needs) for row in rows)
    columns = []
    for number, column in enumerate(FRAME.columns):
        fields = [row[number] for row in order]
        known = {field: column.read(field) for field in set(fields)}
        columns.append([known[field] for field in fields])
    return Rows(FrameRow, columns)
