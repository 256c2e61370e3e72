"""What an outlet is given of an edition, when it is tried again, what its answer must be. Pure: no query, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

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
from mingcha.kit.errors import Refused

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
MOST_TRIES = 8
# After the first, second … try; the last one is kept for every further try.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
LONGEST_PAUSE = timedelta(days=1)
LONGEST_ADDRESS = 500
LONGEST_NUMBER = 120
LONGEST_FAULT = 500


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


# ---- when, and what may be said ----------------------------------------------------------------------------


def pause_after(tries: int, asked: timedelta | None = None) -> timedelta:
    """How long to wait after so many tries; longer if the outlet asked for it, but never more than a day."""
    usual = PAUSES[min(max(tries, 1), len(PAUSES)) - 1]
    return min(max(usual, asked or usual), LONGEST_PAUSE)


def is_hopeless(tries: int) -> bool:
    """Nobody answers any more: somebody has to look."""
    return tries >= MOST_TRIES


def check_due(delivery: Delivery, *, at: datetime) -> None:
    """Refuse to send what was put up, sent back, overtaken, or what another worker has just taken."""
    if not delivery.is_waiting or delivery.next_try_at is None or delivery.next_try_at > at:
        raise Refused(_("“%s”现在不用送：已经送过，或者还没有到时间") % delivery.title)


def check_sendable_again(delivery: Delivery) -> None:
    """Only what is still to be put up is sent again."""
    if delivery.is_delivered:
        raise Refused(_("“%s”在这个渠道已经公布，不用再送") % delivery.title)
    if delivery.is_overtaken:
        raise Refused(_("“%s”已有新内容，送新的一份") % delivery.title)


def check_enterable(delivery: Delivery) -> None:
    """What was put up is entered once; an address that was missing can still be added."""
    if delivery.is_overtaken:
        raise Refused(_("“%s”已有新内容，登记新的一份") % delivery.title)
    if delivery.is_delivered and delivery.public_address:
        raise Refused(_("“%s”在这个渠道的公布地址已经登记，不能再改") % delivery.title)


def check_put_up_on(delivery: Delivery, on: date, *, today: date) -> None:
    """It was put up after it was made and not in the future."""
    if on > today:
        raise Refused(_("公布日期在今天之后，填实际公布的那一天"), field="on")
    if on < timezone.localdate(delivery.prepared_at):
        raise Refused(_("公布日期早于这份清单形成的 %s，填实际公布的那一天") % _day(delivery.prepared_at), field="on")


def check_address(address: str) -> None:
    """An address that a visitor can open."""
    if not is_address(address):
        raise Refused(_("公布地址应以 https:// 或 http:// 开头，从浏览器地址栏整行复制"), field="address")


def check_number(number: str) -> None:
    """It fits."""
    if len(number) > LONGEST_NUMBER:
        raise Refused(_("编号超过 %d 个字，填渠道给的编号") % LONGEST_NUMBER, field="number")


def is_address(address: str) -> bool:
    """http or https, a host, no account in it, printable and not too long."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = address.isprintable() and not any(sign in address for sign in " \"'<>\\")
    good = parts.scheme in ("https", "http") and bool(parts.hostname) and "@" not in parts.netloc
    return good and plain and len(address) <= LONGEST_ADDRESS
