"""What an outlet is given of an edition, Pure: no query, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import Freeze, InspectionItem, ItemList, JointItem, JointList, RulebookChapter
from mingcha.domain.catalogue.rules.changes import Explained
from mingcha.domain.catalogue.rules.chapters import setting_words
from mingcha.domain.catalogue.rules.public import public_row
from mingcha.domain.catalogue.rules.rulebooks import ChapterChange
from mingcha.domain.organisation.models import Department
from mingcha.domain.outlets.models import Delivery
from mingcha.domain.policy.rules import word_of
from mingcha.kit.digests import canonical_json, sha256_hex

Content = dict[str, object]
Row = dict[str, str]

CONTRACT = 1
# The columns of the contract. A public page may gain columns; an outlet is not sent a list again for that.
LIST_FIELDS = (
    "number",
    "department",
    "code",
    "title",
    "sub_items",
    "basis",
    "articles",
    "body",
    "object_kind",
    "content",
    "ratio",
    "frequency",
    "method",
    "item_class",
    "domain",
    "in_force_on",
)


def body_of(content: Mapping[str, object]) -> bytes:
    """The bytes that are sent and digested: the same content gives the same bytes everywhere."""
    return canonical_json(content).encode()


def digest_of(content: Mapping[str, object]) -> str:
    """SHA-256 of those bytes."""
    return sha256_hex(body_of(content))


def said_the_same(delivery: Delivery, content: Mapping[str, object]) -> bool:
    """Does an edition say what an outlet was given last? The number of the revision is no difference."""
    return digest_of({**content, "revision": delivery.revision}) == delivery.digest


# ---- what an edition says ----------------------------------------------------------------------------------


def list_content(
    item_list: ItemList,
    items: Iterable[InspectionItem],
    *,
    replaces: int | None,
    changes: Sequence[Explained],
    freezes: Iterable[Freeze],
) -> Content:
    """抽查事项清单 with its 调整情况: what was added, taken out or changed, and why."""
    since = _day(item_list.in_force_at)
    rows = (public_row(number, item, in_force_on=since) for number, item in enumerate(items, start=1))
    return {
        **_head("ITEM_LIST", str(item_list), item_list.department, edition=item_list.edition, since=since),
        "replaces": replaces,
        "items": [{field: row[field] for field in LIST_FIELDS} for row in rows],
        "changes": [row for change in changes for row in _change_rows(change)],
        "suspended": _suspended(freezes),
    }


def joint_content(joint: JointList, entries: Iterable[JointItem], *, freezes: Iterable[Freeze]) -> Content:
    """跨部门联查事项清单, one batch: it stands beside the earlier ones, so all its items are added ones."""
    rows = [
        {
            "number": str(number),
            "department": entry.item.item_list.department.name,
            "code": entry.item.code,
            "project": entry.project,
            "basis": entry.basis,
            "body": entry.body,
            "content": entry.content,
            "authority": entry.authority,
        }
        for number, entry in enumerate(entries, start=1)
    ]
    added = [_change(row["code"], row["project"], _("新增")) for row in rows] if joint.batch > 1 else []
    return {
        **_head("JOINT_LIST", str(joint), joint.department, edition=joint.batch, since=_day(joint.in_force_at)),
        "sector": joint.sector,
        "replaces": None,
        "items": rows,
        "changes": added,
        "suspended": _suspended(freezes),
    }


def rulebook_content(
    title: str,
    department: Department,
    chapters: Iterable[RulebookChapter],
    *,
    edition: int,
    in_force_at: datetime | None,
    replaces: int | None,
    changes: Sequence[ChapterChange],
) -> Content:
    """实施细则 with its chapters, and which of them read differently."""
    return {
        **_head("RULEBOOK", title, department, edition=edition, since=_day(in_force_at)),
        "replaces": replaces,
        "items": [
            {
                "number": str(chapter.position),
                "code": chapter.code,
                "title": word_of(chapter.code),
                "content": chapter.text,
                "settings": _("；").join(f"{label}：{said}" for label, said in _settings(chapter)),
            }
            for chapter in chapters
        ],
        "changes": [
            _change(change.code, change.title, change.word, field=label, before=old, after=new)
            for change in changes
            for label, old, new in change.details
        ],
        "suspended": [],
    }


def with_revision(content: Content, revision: int) -> Content:
    """The content as it is sent for the n-th time of an edition."""
    return {**content, "revision": revision}


def _head(kind: str, title: str, department: Department, *, edition: int, since: str) -> Content:
    return {
        "contract": CONTRACT,
        "kind": kind,
        "title": title,
        "department": {"code": department.uscc, "name": department.name},
        "region": {"code": department.region.code, "name": department.region.name},
        "edition": edition,
        "in_force_on": since,
    }


def _change_rows(each: Explained) -> list[Row]:
    change, why = each.change, {"reason": each.reason_word, "basis": each.note}
    if change.kind != "changed":
        return [_change(change.code, change.title, change.word, **why)]
    return [
        _change(change.code, change.title, detail.type, field=detail.label, before=detail.old, after=detail.new, **why)
        for detail in change.details
    ]


def _change(
    code: str,
    title: str,
    type_: str,
    *,
    field: str = "",
    before: str = "",
    after: str = "",
    reason: str = "",
    basis: str = "",
) -> Row:
    return {
        "code": code,
        "title": title,
        "type": type_,
        "field": field,
        "before": before,
        "after": after,
        "reason": reason,
        "basis": basis,
    }


def _suspended(freezes: Iterable[Freeze]) -> list[Row]:
    rows = (
        {
            "code": freeze.item.code,
            "title": freeze.item.title,
            "law": freeze.law.title,
            "since": _day(freeze.frozen_at),
        }
        for freeze in freezes
    )
    return sorted(rows, key=lambda row: (row["code"], row["law"]))


def _settings(chapter: RulebookChapter) -> Iterable[tuple[str, str]]:
    return setting_words(chapter.code, chapter.settings)


def _day(at: datetime | None) -> str:
    return timezone.localdate(at).isoformat() if at is not None else ""
