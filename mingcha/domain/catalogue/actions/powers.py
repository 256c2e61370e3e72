"""Loading a department's power list and saying which item carries a power."""

from dataclasses import dataclass
from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.imports.powers import PowerRow, read_powers
from mingcha.domain.catalogue.models import PowerEntry
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.catalogue.rules import powers as rules
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.digests import sha256_hex
from mingcha.kit.errors import SeveralRefused
from mingcha.kit.locking import locked

WRITTEN = ("title", "market_regulation", "item_code", "source")


@dataclass(frozen=True)
class Loaded:
    """What a power list did to the one before it."""

    created: int
    changed: int
    removed: int
    unchanged: int


@action
def load_powers(
    department: Department, *, content: bytes, file_name: str, source: str, whole: bool, by: User, at: datetime
) -> Loaded:
    """Take a file over whole or not at all; `whole`: what the file no longer names goes."""
    require(by, Permission.CATALOGUE_EDIT, within=department)
    rules.check_source(source)
    department = locked(department)
    reading = read_powers(content, listed=set(items_in_force(department=department).values_list("code", flat=True)))
    if reading.faults:
        raise SeveralRefused(tuple(reading.faults))
    loaded = _write(department, reading.rows, source=source.strip(), whole=whole)
    details = {"file": file_name[:200], "sha256": sha256_hex(content), "source": source.strip(), **vars(loaded)}
    record("catalogue.powers_loaded", department, by=by, at=at, details=details)
    return loaded


def _write(department: Department, rows: list[PowerRow], *, source: str, whole: bool) -> Loaded:
    known = {entry.code: entry for entry in PowerEntry.objects.filter(department=department)}
    fresh: list[PowerEntry] = []
    changed: list[PowerEntry] = []
    for row in rows:
        entry = known.get(row.code)
        if entry is None:
            fresh.append(PowerEntry(department=department, code=row.code, **_content(row, source)))
        elif _differs(entry, content := _content(row, source, entry.item_code)):
            for name, value in content.items():
                setattr(entry, name, value)
            changed.append(entry)
    named = {row.code for row in rows}
    gone = [entry.pk for code, entry in known.items() if whole and code not in named]
    PowerEntry.objects.bulk_create(fresh, batch_size=1000)
    PowerEntry.objects.bulk_update(changed, WRITTEN, batch_size=500)
    PowerEntry.objects.filter(pk__in=gone).delete()
    return Loaded(len(fresh), len(changed), len(gone), len(rows) - len(fresh) - len(changed))


def _content(row: PowerRow, source: str, item_code: str = "") -> dict[str, str | bool]:
    return {
        "title": row.title,
        "market_regulation": row.market_regulation,
        "item_code": row.item_code or item_code,
        "source": source,
    }


def _differs(entry: PowerEntry, content: dict[str, str | bool]) -> bool:
    return any(getattr(entry, name) != value for name, value in content.items())


@action
def link_power(entry: PowerEntry, *, item_code: str, by: User, at: datetime) -> PowerEntry:
    """Say which item in force carries a power; without one the code decides again."""
    require(by, Permission.CATALOGUE_EDIT, within=entry.department)
    entry = locked(entry)
    listed = items_in_force(department=entry.department).values_list("code", flat=True)
    rules.check_linkable(item_code, listed=set(listed))
    if entry.item_code == item_code:
        return entry
    entry.item_code = item_code
    entry.save(update_fields=["item_code"])
    record("catalogue.power_linked", entry, by=by, at=at, details={"power": entry.code, "item": item_code})
    return entry
