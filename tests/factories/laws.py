"""Lists in force with the laws they rest on, written round the actions."""

from collections.abc import Sequence
from datetime import date

from mingcha.domain.catalogue.models import (
    Discretion,
    Freeze,
    InspectionItem,
    ItemBasis,
    ItemList,
    Law,
    PowerEntry,
)
from mingcha.domain.organisation.models import Department, User
from tests.conftest import NOON
from tests.factories.guards import past_the_guards
from tests.factories.organisation import unguarded

LONG_AGO = date(2010, 1, 1)


def law(title: str = "示范食品法", **values: object) -> Law:
    """A national law that has long held."""
    given = {"level": "LAW", "document_no": "示范令第1号", "effective_on": LONG_AGO}
    with unguarded():
        return Law.objects.create(title=title, **{**given, **values})


def item_list(
    department: Department,
    drafter: User,
    codes: Sequence[str] = ("M-01", "M-02"),
    *,
    state: str = "IN_FORCE",
    edition: int = 1,
    **values: object,
) -> ItemList:
    """An edition in any state, with these items; each has the words of its basis and no linked law."""
    held = state in {"IN_FORCE", "SUPERSEDED"}
    with unguarded():
        made = ItemList.objects.create(
            department=department,
            edition=edition,
            state=state,
            drafted_by=drafter,
            in_force_at=NOON if held else None,
            **values,
        )
    for code in codes:
        item(made, code)
    return made


def item(edition: ItemList, code: str = "M-01", **values: object) -> InspectionItem:
    given = {
        "title": f"示范事项 {code}",
        "legal_basis": "《示范条例》第一条",
        "item_class": "GENERAL",
        "object_kind": "企业",
        "ratio_text": "3%",
        "frequency_text": "每年1次",
    }
    with past_the_guards("catalogue_inspectionitem"):
        return InspectionItem.objects.create(item_list=edition, code=code, **{**given, **values})


def rest(on_item: InspectionItem, on_law: Law, article: str = "第一条") -> ItemBasis:
    """An article under an item, whatever state its list is in."""
    with past_the_guards("catalogue_itembasis"):
        return ItemBasis.objects.create(item=on_item, law=on_law, article=article)


def freeze(frozen: InspectionItem, by_law: Law) -> Freeze:
    with unguarded():
        return Freeze.objects.create(item=frozen, law=by_law, frozen_at=NOON)


def power(department: Department, code: str = "P-01", **values: object) -> PowerEntry:
    given = {"title": f"示范权力 {code}", "source": "示范县权力清单（2026年本）"}
    with unguarded():
        return PowerEntry.objects.create(department=department, code=code, **{**given, **values})


def benchmark(department: Department, under: Law, **values: object) -> Discretion:
    given = {
        "item_code": "M-01",
        "violation": "未亮照经营",
        "circumstance": "MINOR",
        "description": "首次发现，当场改正",
        "range_text": "不予处罚",
        "article": "第五条",
        "since": LONG_AGO,
    }
    with unguarded():
        return Discretion.objects.create(department=department, law=under, **{**given, **values})
