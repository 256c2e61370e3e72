"""What a list must be before it may come into force, and how two editions differ. Pure: no query, no clock."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import ChangeReason, Checkpoint, InspectionItem, ItemClass, ItemList, Method
from mingcha.kit.digests import canonical_json, sha256_hex
from mingcha.kit.errors import Refused

CheckpointText = tuple[str, str, bool]
Facts = Mapping[str, str]

CODE = re.compile(r"^[A-Za-z0-9_-]{1,40}$")
COMPARED = (
    "title",
    "legal_basis",
    "item_class",
    "market_regulation",
    "method",
    "object_kind",
    "content",
    "ratio_text",
    "frequency_text",
)
KINDS: Mapping[str, StrOrPromise] = {
    "added": gettext_lazy("新增"),
    "removed": gettext_lazy("删除"),
    "changed": gettext_lazy("改动"),
}


@dataclass(frozen=True)
class Change:
    """One item that differs between two editions; `fields` names what is different, in Chinese."""

    kind: str
    code: str
    title: str
    fields: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        return str(KINDS[self.kind])


def check_draftable(draft: ItemList | None) -> None:
    """Refuse a second draft beside the first."""
    if draft is not None:
        raise Refused(_("第%d版正在拟定，接着改那一版；施行后才能拟定下一版") % draft.edition)


def check_editable(item_list: ItemList) -> None:
    """A list that is or was in force is not changed any more (不得随意增减、改动)."""
    if not item_list.is_draft:
        raise Refused(_("%s已经施行，不能直接增减、改动；先拟定新一版，批准后替代它") % item_list)


def check_enterable(code: str, *, taken: Iterable[str]) -> None:
    """Refuse a code that nothing could be found by, or that stands in the list already."""
    if not CODE.match(code):
        raise Refused(_("事项编码“%s”不对：用字母、数字、“-”和“_”，不超过 40 个") % code, field="code")
    if code in set(taken):
        raise Refused(_("事项编码 %s 在这一版里已经有了，改用别的编码，或修改那一项") % code, field="code")


def check_item(*, title: str, object_kind: str, item_class: str, method: str) -> None:
    """What an item cannot be written down without."""
    for field, value, label in (
        ("title", title, _("事项名称")),
        ("object_kind", object_kind, _("检查对象")),
    ):
        if not value.strip():
            raise Refused(_("缺%s，填写后再存") % label, field=field)
    if item_class not in ItemClass.values:
        raise Refused(_("类别只能是一般检查事项或重点检查事项"), field="item_class")
    if method not in Method.values:
        raise Refused(_("检查方式不在列表里，从列表中选一种"), field="method")


def check_checkpoints(checkpoints: Sequence[CheckpointText]) -> None:
    """Every checkpoint asks something."""
    longest = Checkpoint._meta.get_field("text").max_length or 0
    for position, (text, _guidance, _photo) in enumerate(checkpoints, start=1):
        if not text.strip():
            raise Refused(_("第 %d 条检查要点是空的，写明看什么，或删去这一条") % position, field="checkpoints")
        if len(text) > longest:
            raise Refused(
                _("第 %(position)d 条检查要点超过 %(longest)d 字，拆成几条")
                % {"position": position, "longest": longest},
                field="checkpoints",
            )


def check_reason(reason: str, note: str) -> None:
    """A change of the list has a reason the rules know, and names what it rests on."""
    if reason not in ChangeReason.values:
        raise Refused(_("选一个调整原因：法律法规规章调整、机构改革或监管实际"), field="reason")
    if not note.strip():
        raise Refused(_("写明调整依据，例如修订的是哪部法、哪一条"), field="note")


def check_complete(items: Sequence[tuple[InspectionItem, Sequence[Checkpoint]]]) -> None:
    """Refuse a list with nothing on it, or with an item that lacks its law or its checkpoints."""
    if not items:
        raise Refused(_("清单里一项也没有，先录入事项"))
    lacking = [f"{item.code}（{'、'.join(gaps)}）" for item, points in items if (gaps := _gaps(item, points))]
    if lacking:
        raise Refused(_("清单还不完整，补齐后再施行：%s") % "；".join(lacking))


def _gaps(item: InspectionItem, checkpoints: Sequence[Checkpoint]) -> list[str]:
    gaps = []
    if not item.legal_basis.strip():
        gaps.append(_("缺检查依据"))
    if not checkpoints:
        gaps.append(_("缺检查要点"))
    return gaps


def check_approver(item_list: ItemList, *, approver_id: int | None) -> None:
    """Whoever drafted a list does not bring it into force."""
    if approver_id == item_list.drafted_by_id:
        raise Refused(_("拟定人不能批准自己拟定的清单，由另一人批准"))


def check_explained(item_list: ItemList, changes: Sequence[Change], *, first: bool) -> None:
    """A list that changes one in force says why; one that changes nothing is no new edition."""
    if first:
        return
    if not changes:
        raise Refused(_("这一版与施行中的一版没有不同，不用替代"))
    if not (item_list.change_reason and item_list.change_note.strip()):
        raise Refused(_("清单有 %d 处调整，还没有写明调整原因和依据，由拟定人补上") % len(changes))


def check_seen(seen: str | None, *, present: str) -> None:
    """Refuse to approve a text other than the one that was looked at."""
    if seen is not None and seen != present:
        raise Refused(_("清单在打开这一页之后有改动，重新看过再批准"))


def facts_of(item: InspectionItem, checkpoints: Sequence[Checkpoint]) -> Facts:
    """Everything an item says, as text: what editions are compared and digested by."""
    facts = {name: str(getattr(item, name)) for name in COMPARED}
    points = (f"{point.text}|{point.guidance}|{point.photo_required}" for point in checkpoints)
    return {**facts, "checkpoints": "\n".join(points)}


def edition_facts(items: Iterable[tuple[InspectionItem, Sequence[Checkpoint]]]) -> Mapping[str, Facts]:
    """Code → everything the item says."""
    return {item.code: facts_of(item, points) for item, points in items}


def digest_of(edition: Mapping[str, Facts]) -> str:
    """The digest of an edition: code → facts."""
    return sha256_hex(canonical_json({code: dict(facts) for code, facts in edition.items()}))


def changes_between(old: Mapping[str, Facts], new: Mapping[str, Facts]) -> list[Change]:
    """What a new edition changes, by code."""
    changes = [Change("added", code, new[code]["title"]) for code in new.keys() - old.keys()]
    changes += [Change("removed", code, old[code]["title"]) for code in old.keys() - new.keys()]
    for code in old.keys() & new.keys():
        different = tuple(_label(name) for name in new[code] if new[code][name] != old[code][name])
        if different:
            changes.append(Change("changed", code, new[code]["title"], different))
    return sorted(changes, key=lambda change: change.code)


def _label(field: str) -> str:
    if field == "checkpoints":
        return str(Checkpoint._meta.verbose_name)
    return str(getattr(InspectionItem._meta.get_field(field), "verbose_name", field))
