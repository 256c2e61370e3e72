"""How an item reads in public, and why one edition differs from another. Pure: no query, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import InspectionItem, ItemClass, ItemList
from mingcha.domain.catalogue.rules.changes import Change, Explained
from mingcha.domain.catalogue.rules.items import said_as

# 序号、事项、子项、依据、主体、对象、比例、频次、方式、一般/重点、生效日期: the columns of a public list.
COLUMNS: Mapping[str, StrOrPromise] = {
    "number": gettext_lazy("序号"),
    "department": gettext_lazy("部门"),
    "code": gettext_lazy("事项编码"),
    "title": gettext_lazy("事项"),
    "sub_items": gettext_lazy("子项"),
    "basis": gettext_lazy("依据"),
    "articles": gettext_lazy("依据条款"),
    "body": gettext_lazy("主体"),
    "object_kind": gettext_lazy("对象"),
    "content": gettext_lazy("内容"),
    "ratio": gettext_lazy("比例"),
    "frequency": gettext_lazy("频次"),
    "method": gettext_lazy("方式"),
    "item_class": gettext_lazy("一般/重点"),
    "domain": gettext_lazy("领域"),
    "market": gettext_lazy("是否属于市场监管领域"),
    "in_force_on": gettext_lazy("生效日期"),
}


@dataclass(frozen=True)
class Why:
    """The reason that an edition gave for a change of an item."""

    edition: int
    reason: str
    note: str


@dataclass(frozen=True)
class PublicChange:
    """What became of an item between two editions, with every reason on the way."""

    change: Change
    why: tuple[Why, ...]


def body_of(item: InspectionItem) -> str:
    """检查主体: as the item names it, else its department."""
    return item.inspecting_body or item.item_list.department.name


def methods_of(item: InspectionItem) -> str:
    """检查方式 with the further ones."""
    further = said_as("further_methods", item.further_methods)
    return _("、").join(word for word in (str(item.get_method_display()), further) if word)


def domain_of(item: InspectionItem) -> str:
    """监管领域 by its name, else the one of the two domains."""
    return item.sector or (_("市场监管") if item.market_regulation else _("其他行政执法"))


def domain_said(item: InspectionItem) -> str:
    """The same for people, who are told whether it is market regulation where its name leaves that open (S1-18)."""
    market = _("市场监管")
    if not item.sector or (item.market_regulation and market in item.sector):
        return domain_of(item)
    said = _("属于市场监管领域") if item.market_regulation else _("不属于市场监管领域")
    return _("%(sector)s（%(said)s）") % {"sector": item.sector, "said": said}


@dataclass(frozen=True)
class OneList:
    """重点检查事项清单 or 一般检查事项清单."""

    item_class: str
    name: str
    items: tuple[InspectionItem, ...]

    @property
    def market(self) -> int:
        """How many of them belong to market regulation."""
        return sum(item.market_regulation for item in self.items)


def two_lists(items: Iterable[InspectionItem]) -> list[OneList]:
    """Items as the two lists that they are published and filed as (S2-08), in their order."""
    rows = list(items)
    return [
        OneList(value, _("%s清单") % value.label, tuple(item for item in rows if item.item_class == value))
        for value in (ItemClass.KEY, ItemClass.GENERAL)
    ]


def table_of(items: Iterable[InspectionItem], *, days: Mapping[int, str]) -> list[list[str]]:
    """A list as it is exported, its heading first; `days`: since when each edition holds, by its key."""
    rows = [
        public_row(number, item, in_force_on=days.get(item.item_list_id, ""))
        for number, item in enumerate(items, start=1)
    ]
    return [[str(label) for label in COLUMNS.values()], *([row[key] for key in COLUMNS] for row in rows)]


def public_row(number: int, item: InspectionItem, *, in_force_on: str) -> dict[str, str]:
    """An item as one line of a file."""
    return {
        "number": str(number),
        "department": item.item_list.department.name,
        "code": item.code,
        "title": item.title,
        "sub_items": item.sub_items,
        "basis": item.legal_basis,
        "articles": _("；").join(str(basis) for basis in item.bases.all()),
        "body": body_of(item),
        "object_kind": item.object_kind,
        "content": item.content,
        "ratio": item.ratio_text,
        "frequency": item.frequency_text,
        "method": methods_of(item),
        "item_class": str(item.get_item_class_display()),
        "domain": domain_of(item),
        "market": said_as("market_regulation", item.market_regulation),
        "in_force_on": in_force_on,
    }


def with_reasons(
    changes: Sequence[Change], steps: Iterable[tuple[ItemList, Sequence[Explained]]]
) -> list[PublicChange]:
    """Each change with what the editions between said; `steps`: an edition and its changes against the one before."""
    why: dict[str, list[Why]] = {}
    for edition, explanations in steps:
        for each in explanations:
            if each.reason:
                why.setdefault(each.change.code, []).append(Why(edition.edition, each.reason_word, each.note))
    return [PublicChange(change, tuple(why.get(change.code, ()))) for change in changes]
