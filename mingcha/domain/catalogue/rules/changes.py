"""How two editions differ, what kind of change each difference is, and whether it is explained. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import (
    TEXT_FORM,
    ChangeNote,
    ChangeReason,
    Checkpoint,
    InspectionItem,
    ItemClass,
    ItemList,
)
from mingcha.domain.catalogue.rules.items import label_of, words_of
from mingcha.domain.catalogue.rules.steps import PaperText
from mingcha.kit.digests import canonical_json, sha256_hex
from mingcha.kit.errors import Refused

Facts = Mapping[str, str]
Material = Sequence[tuple[InspectionItem, Sequence[Checkpoint]]]

KINDS: Mapping[str, StrOrPromise] = {
    "added": gettext_lazy("新增"),
    "removed": gettext_lazy("删除"),
    "changed": gettext_lazy("改动"),
}
# 调整类型 of a changed field, as the filing form names them (S1-07).
TYPES: Mapping[str, StrOrPromise] = {
    "ratio_text": gettext_lazy("比例"),
    "frequency_text": gettext_lazy("频次"),
    "legal_basis": gettext_lazy("依据"),
    "bases": gettext_lazy("依据"),
    "title": gettext_lazy("名称"),
    "method": gettext_lazy("方式"),
    "further_methods": gettext_lazy("方式"),
    "mode": gettext_lazy("方式"),
}
OTHER_TYPE = gettext_lazy("其他内容")


@dataclass(frozen=True)
class FieldChange:
    """One field of an item that reads differently."""

    field: str
    old: str
    new: str

    @property
    def label(self) -> str:
        return label_of(self.field)

    @property
    def type(self) -> str:
        return str(TYPES.get(self.field, OTHER_TYPE))


@dataclass(frozen=True)
class Change:
    """One item that differs between two editions, field by field."""

    kind: str
    code: str
    title: str
    details: tuple[FieldChange, ...] = ()

    @property
    def word(self) -> str:
        return str(KINDS[self.kind])

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(detail.label for detail in self.details)

    @property
    def types(self) -> tuple[str, ...]:
        """调整类型: 新增, 删除, or what of it changed."""
        if self.kind != "changed":
            return (self.word,)
        return tuple(dict.fromkeys(detail.type for detail in self.details))


@dataclass(frozen=True)
class Explained:
    """A change with the reason that holds for it: its own, or that of the whole edition."""

    change: Change
    reason: str = ""
    note: str = ""
    is_own: bool = False

    @property
    def reason_word(self) -> str:
        return str(ChangeReason(self.reason).label) if self.reason else ""


def facts_of(item: InspectionItem, checkpoints: Sequence[Checkpoint], *, form: int = TEXT_FORM) -> Facts:
    """Everything an item says, as people read it: what editions are compared and digested by.

    The first form of the text knew the words of the basis only, not the articles in the law register.
    """
    points = (
        "|".join(
            [point.text, point.guidance, point.criterion, point.article, _("照片") if point.photo_required else ""]
        )
        for point in checkpoints
    )
    articles = {"bases": articles_of(item)} if form > 1 else {}
    return {**words_of(item), **articles, "checkpoints": "\n".join(line.rstrip("|") for line in points)}


def articles_of(item: InspectionItem) -> str:
    """The articles that an item rests on, each with the version of its law, in one order whoever linked them when."""
    rows = [] if item.pk is None else list(item.bases.all())  # read with the edition (queries.items_of)
    rows.sort(key=lambda basis: (basis.law.title, basis.law.effective_on, basis.article))
    return "\n".join(
        _("%(law)s（%(on)s 施行）%(article)s")
        % {"law": basis.law, "on": basis.law.effective_on.isoformat(), "article": basis.article}
        for basis in rows
    )


def edition_facts(
    items: Iterable[tuple[InspectionItem, Sequence[Checkpoint]]], *, form: int = TEXT_FORM
) -> Mapping[str, Facts]:
    """Code → everything the item says."""
    return {item.code: facts_of(item, points, form=form) for item, points in items}


def digest_of(edition: Mapping[str, Facts]) -> str:
    """The digest of an edition: code → facts."""
    return sha256_hex(canonical_json({code: dict(facts) for code, facts in edition.items()}))


def changes_between(old: Mapping[str, Facts], new: Mapping[str, Facts]) -> list[Change]:
    """What a new edition changes, by code."""
    changes = [Change("added", code, new[code]["title"]) for code in new.keys() - old.keys()]
    changes += [Change("removed", code, old[code]["title"]) for code in old.keys() - new.keys()]
    for code in old.keys() & new.keys():
        different = tuple(
            FieldChange(name, old[code][name], new[code][name])
            for name in new[code]
            if new[code][name] != old[code][name]
        )
        if different:
            changes.append(Change("changed", code, new[code]["title"], different))
    return sorted(changes, key=lambda change: change.code)


def explained(changes: Sequence[Change], item_list: ItemList, notes: Iterable[ChangeNote]) -> list[Explained]:
    """Each change with its reason."""
    own = {note.code: note for note in notes}
    whole = (item_list.change_reason, item_list.change_note)
    return [
        Explained(change, own[change.code].reason, own[change.code].note, is_own=True)
        if change.code in own
        else Explained(change, *whole)
        for change in changes
    ]


def check_reason(reason: str, note: str, *, allowed: Collection[str]) -> None:
    """A change has a reason that the rules of the place know, and names what it rests on."""
    if reason not in allowed:
        labels = _("、").join(str(ChangeReason(code).label) for code in ChangeReason.values if code in allowed)
        raise Refused(_("选一个调整原因：%s") % labels, field="reason")
    if not note.strip():
        raise Refused(_("写明调整依据，例如修订的是哪部法、哪一条"), field="note")


def check_changed(code: str, changes: Sequence[Change]) -> None:
    """A note is about an item that does change."""
    if code not in {change.code for change in changes}:
        raise Refused(_("事项 %s 与施行中的一版没有不同，不用说明") % code, field="code")


def check_explained(changes: Sequence[Explained], *, first: bool) -> None:
    """A list that changes one in force says why, item by item; one that changes nothing is no new edition."""
    if first:
        return
    if not changes:
        raise Refused(_("这一版与施行中的一版没有不同，不用替代"))
    silent = [each.change.code for each in changes if not (each.reason and each.note.strip())]
    if silent:
        raise Refused(
            _("清单有 %(count)d 处调整，还没有写明调整原因和依据，由拟定人补上：%(codes)s")
            % {"count": len(silent), "codes": _("、").join(silent)}
        )


def check_seen(seen: str | None, *, present: str) -> None:
    """Refuse to approve a text other than the one that was looked at."""
    if seen is not None and seen != present:
        raise Refused(_("清单在打开这一页之后有改动，重新看过再批准"))


def list_text(item_list: ItemList, items: Material, before: Material | None, notes: Iterable[ChangeNote]) -> PaperText:
    """What is decided on and filed: the list whole, what it changes and why. Keys are the words of the form."""
    form = item_list.text_form
    present = edition_facts(items, form=form)
    previous = None if before is None else edition_facts(before, form=form)
    changes = [] if previous is None else explained(changes_between(previous, present), item_list, notes)
    content = {
        _("部门"): item_list.department.name,
        _("版次"): item_list.edition,
        _("事项数"): len(present),
        _("清单摘要"): digest_of(present),
        _("调整情况"): [row for change in changes for row in _form_rows(change)],
        **(_one_list(present) if form == 1 else _two_lists(items, present)),
    }
    return PaperText(
        title=str(item_list),
        content=content,
        figures={"edition": item_list.edition, "items": len(present), "changes": len(changes)},
    )


def _one_list(present: Mapping[str, Facts]) -> Mapping[str, object]:
    return {_("事项清单"): [_list_row(code, facts) for code, facts in sorted(present.items())]}


def _two_lists(items: Material, present: Mapping[str, Facts]) -> Mapping[str, object]:
    """重点检查事项清单 and 一般检查事项清单, and how many belong to market regulation (S1-18, S2-08)."""
    market = sum(item.market_regulation for item, _points in items)
    lists: dict[str, object] = {
        _("属于市场监管领域的事项数"): market,
        _("不属于市场监管领域的事项数"): len(items) - market,
    }
    for item_class in (ItemClass.KEY, ItemClass.GENERAL):
        codes = sorted(item.code for item, _points in items if item.item_class == item_class)
        lists[_("%s清单") % item_class.label] = [_list_row(code, present[code]) for code in codes]
    return lists


def _form_rows(each: Explained) -> list[dict[str, str]]:
    """One line a changed field, as the form of the filing has them (事项、类型、原内容、新内容、原因、依据)."""
    details = each.change.details or (None,)
    return [
        {
            _("事项编码"): each.change.code,
            _("事项名称"): each.change.title,
            _("调整类型"): each.change.word if detail is None else detail.type,
            _("调整内容"): "" if detail is None else detail.label,
            _("调整前"): "" if detail is None else detail.old,
            _("调整后"): "" if detail is None else detail.new,
            _("调整原因"): each.reason_word,
            _("调整依据"): each.note,
        }
        for detail in details
    ]


def _list_row(code: str, facts: Facts) -> dict[str, str]:
    said = {label_of(field): value for field, value in facts.items() if value and field != "checkpoints"}
    return {_("事项编码"): code, **said}
