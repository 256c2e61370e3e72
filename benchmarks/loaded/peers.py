"""What our import is measured by: the database's own bulk load of finished rows, and a general import library."""

import pickle
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from import_export import fields, resources
from tablib import Dataset

from benchmarks.loaded.invented import HEADING
from mingcha.domain.organisation.models import Region
from mingcha.domain.registers.models import Subject
from mingcha.kit.tabular import open_table

SLICE = 2_000
PIECE = 2**20
TAKEN = (
    "code",
    "name",
    "kind",
    "industry",
    "address",
    "area",
    "established_on",
    "phone",
    "source",
    "region_id",
    "changed_at",
)
COLUMNS = [field.column for field in Subject._meta.concrete_fields]


def outside(finished: Path) -> None:
    """Keep the rows as they stand in the register, without a second look at them."""
    named = ", ".join(f'"{column}"' for column in COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with finished.open("wb") as file, cursor.copy(f"COPY registers_subject ({named}) TO STDOUT") as copy:
                for piece in copy:
                    file.write(piece)
            return
        cursor.execute(f"SELECT {named} FROM registers_subject")
        with finished.open("wb") as file:
            while block := cursor.fetchmany(10_000):
                pickle.dump(block, file)


def raw(finished: Path) -> float:
    """Into the platform's own table with all its indexes, emptied before."""
    emptied()
    named = ", ".join(f'"{column}"' for column in COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CHECKPOINT")
            start = perf_counter()
            into = f"COPY registers_subject ({named}) FROM STDIN"
            with transaction.atomic(), finished.open("rb") as file, cursor.copy(into) as copy:
                while piece := file.read(PIECE):
                    copy.write(piece)
            return perf_counter() - start
        marks = ", ".join(["%s"] * len(COLUMNS))
        start = perf_counter()
        with transaction.atomic():
            for block in _blocks(finished):
                cursor.executemany(f"INSERT INTO registers_subject ({named}) VALUES ({marks})", block)
        return perf_counter() - start


def emptied() -> None:
    with connection.cursor() as cursor:
        is_postgres = connection.vendor == "postgresql"
        cursor.execute("TRUNCATE registers_subject CASCADE" if is_postgres else "DELETE FROM registers_subject")


def _blocks(finished: Path) -> Iterator[list[Any]]:
    with finished.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


class SubjectResource(resources.ModelResource):
    """The same columns by the library's own ways: it checks the model's fields, nothing of what a register needs."""

    code = fields.Field("code", HEADING[0])
    name = fields.Field("name", HEADING[1])
    kind = fields.Field("kind", HEADING[3])
    industry = fields.Field("industry", HEADING[4])
    address = fields.Field("address", HEADING[5])
    area = fields.Field("area", HEADING[6])
    established_on = fields.Field("established_on", HEADING[10])
    phone = fields.Field("phone", HEADING[11])
    source = fields.Field("source", HEADING[12])
    region_id = fields.Field("region_id", "region")
    changed_at = fields.Field("changed_at", "changed_at")

    class Meta:
        model = Subject
        import_id_fields = ("code",)
        fields = TAKEN
        skip_unchanged = True
        use_transactions = True


def in_import_export(path: Path) -> float:
    """The first rows of the file, in the library's default way: a row at a time."""
    emptied()
    place = Region.objects.get()
    with path.open("rb") as source:
        lines = open_table(source, headings=HEADING).lines
        rows = [(*line.cells, place.pk, "2026-11-22 12:00:00+08:00") for line in islice(lines, SLICE)]
    start = perf_counter()
    given = SubjectResource().import_data(Dataset(*rows, headers=[*HEADING, "region", "changed_at"]), raise_errors=True)
    taken = perf_counter() - start
    if given.totals["new"] != SLICE:
        raise SystemExit(f"django-import-export took {given.totals}")
    return taken
