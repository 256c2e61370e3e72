"""The departments' item lists with their checkpoints, read from `catalogue/`, one file a department."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.departments import INSPECTING

_CATALOGUE = Path(__file__).parent / "catalogue"


@dataclass(frozen=True)
class Checkpoint:
    """A question answered 符合, 不符合 or 不适用, with how to look."""

    text: str
    guidance: str
    photo_required: bool = False


@dataclass(frozen=True)
class Item:
    """`industries` are the four-digit classes it concerns, empty for all; `skill` is what its inspectors must know.

    `sector` is the 监管领域 under which departments inspect together, `key_sector` one of the five to watch most.
    """

    code: str
    department: str
    title: str
    legal_basis: str
    item_class: str
    method: str
    object_kind: str
    content: str
    ratio_text: str
    frequency_text: str
    industries: tuple[str, ...]
    skill: str
    sector: str
    office: str
    personnel: str
    checkpoints: tuple[Checkpoint, ...]
    key_sector: str = ""


def items() -> list[Item]:
    """All items of all departments, in the order of the departments and their lists."""
    return [item for department in INSPECTING for item in items_of(department.code)]


def items_of(department: str) -> list[Item]:
    rows = tomllib.loads((_CATALOGUE / f"{department}.toml").read_text(encoding="utf-8"))["item"]
    return [_item(department, row) for row in rows]


def _item(department: str, row: dict[str, Any]) -> Item:
    points = tuple(Checkpoint(**point) for point in row["checkpoint"])
    plain = {name: value for name, value in row.items() if name not in {"checkpoint", "industries"}}
    return Item(department=department, industries=tuple(row["industries"]), checkpoints=points, **plain)
