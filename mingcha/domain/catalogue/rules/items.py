"""What an item says: its fields and checkpoints, as they are written and as people read them. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Required, TypedDict

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import Checkpoint, InspectionItem, ItemClass, Method, Mode


class CheckpointText(NamedTuple):
    """A checkpoint as it is written: what to look at, how, what is right, by which article."""

    text: str
    guidance: str = ""
    photo_required: bool = False
    criterion: str = ""
    article: str = ""


# Three parts are enough for those who have no more to say.
Checkpoints = Sequence[CheckpointText | tuple[str, str, bool]]


class ItemFields(TypedDict, total=False):
    """Everything an item says; what is left out is empty."""

    title: Required[str]
    legal_basis: Required[str]
    item_class: Required[str]
    object_kind: Required[str]
    method: Required[str]
    content: str
    ratio_text: str
    frequency_text: str
    market_regulation: bool
    sub_items: str
    sector: str
    key_sector: str
    mode: str
    mode_reason: str
    further_methods: Sequence[str]
    inspecting_body: str
    office: str
    personnel: str
    required_skill: str
    outside_code: str


class OutsideFields(TypedDict, total=False):
    """What the superior system says of an item; it seldom knows the last two."""

    title: Required[str]
    legal_basis: Required[str]
    method: Required[str]
    ratio_text: str
    frequency_text: str
    object_kind: str
    item_class: str


# In the order in which people read an item: what editions are compared by.
COMPARED = (
    "title",
    "sub_items",
    "item_class",
    "market_regulation",
    "sector",
    "key_sector",
    "legal_basis",
    "mode",
    "mode_reason",
    "method",
    "further_methods",
    "object_kind",
    "content",
    "ratio_text",
    "frequency_text",
    "inspecting_body",
    "office",
    "personnel",
    "required_skill",
    "outside_code",
)
# What an item taken over from the upper list keeps as it stands there.
LOCKED = ("title", "legal_basis", "ratio_text", "frequency_text")
# What the superior system has a word on (its name, basis, method, ratio, frequency).
OUTSIDE = ("title", "legal_basis", "method", "ratio_text", "frequency_text")
# What a full entry says (检查实施清单应当全面、准确填报): the completeness of an item is counted over these.
FULL = (
    "title",
    "legal_basis",
    "object_kind",
    "content",
    "ratio_text",
    "frequency_text",
    "inspecting_body",
    "office",
    "personnel",
    "sector",
)


def told(given: ItemFields) -> ItemFields:
    """The same with every field: blanks trimmed, what was left out empty."""
    empty: ItemFields = {
        "title": "",
        "legal_basis": "",
        "item_class": "",
        "object_kind": "",
        "method": "",
        "content": "",
        "ratio_text": "",
        "frequency_text": "",
        "market_regulation": True,
        "sub_items": "",
        "sector": "",
        "key_sector": "",
        "mode": Mode.RANDOM,
        "mode_reason": "",
        "further_methods": [],
        "inspecting_body": "",
        "office": "",
        "personnel": "",
        "required_skill": "",
        "outside_code": "",
    }
    whole = {name: value.strip() if isinstance(value, str) else value for name, value in {**empty, **given}.items()}
    further = [method for method in given.get("further_methods", []) if method != given["method"]]
    return {**empty, **whole, "further_methods": further}  # type: ignore[typeddict-item]  # the same keys, trimmed


def fields_of(item: InspectionItem) -> ItemFields:
    """Everything a present item says."""
    return {name: getattr(item, name) for name in COMPARED}  # type: ignore[return-value]  # COMPARED names every key


def as_new(theirs: OutsideFields, *, code: str) -> ItemFields:
    """An item that only the superior system has: general until somebody here says otherwise."""
    plain: ItemFields = {
        "title": theirs["title"],
        "legal_basis": theirs["legal_basis"],
        "method": theirs["method"],
        "item_class": theirs.get("item_class", ItemClass.GENERAL),
        "object_kind": theirs.get("object_kind", ""),
        "ratio_text": theirs.get("ratio_text", ""),
        "frequency_text": theirs.get("frequency_text", ""),
        "outside_code": code,
    }
    return told(plain)


def as_theirs(item: InspectionItem, theirs: OutsideFields) -> ItemFields:
    """A present item with the five attributes as the superior system has them."""
    said = fields_of(item)
    said["title"], said["legal_basis"], said["method"] = theirs["title"], theirs["legal_basis"], theirs["method"]
    said["ratio_text"], said["frequency_text"] = theirs.get("ratio_text", ""), theirs.get("frequency_text", "")
    return told(said)


def checkpoint_text(point: Checkpoint) -> CheckpointText:
    """A present checkpoint as it is written."""
    return CheckpointText(point.text, point.guidance, point.photo_required, point.criterion, point.article)


def gaps_of(item: InspectionItem, checkpoints: Sequence[Checkpoint], *, required: Collection[str]) -> list[str]:
    """What an item lacks before its list may be handed in."""
    wanted = dict.fromkeys(["legal_basis", "object_kind", *(field for field in COMPARED if field in required)])
    gaps = [_("缺%s") % label_of(field) for field in wanted if not str(getattr(item, field)).strip()]
    if not checkpoints:
        gaps.append(_("缺检查要点"))
    return gaps


def completeness_of(item: InspectionItem, checkpoints: Sequence[Checkpoint]) -> tuple[int, int, list[str]]:
    """How much of a full entry is filled in: (filled, all, what is missing)."""
    missing = gaps_of(item, checkpoints, required=FULL)
    return len(FULL) + 1 - len(missing), len(FULL) + 1, missing


def label_of(field: str) -> str:
    """The Chinese name of a field of an item."""
    if field == "checkpoints":
        return str(Checkpoint._meta.verbose_name)
    if field == "bases":
        return _("依据条款")
    return str(getattr(InspectionItem._meta.get_field(field), "verbose_name", field))


def words_of(item: InspectionItem) -> Mapping[str, str]:
    """Every compared field as people read it."""
    return {field: said_as(field, getattr(item, field)) for field in COMPARED}


def said_as(field: str, value: object) -> str:
    """One value as people read it: labels for codes, 是 and 否."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    choices = {code: str(label) for code, label in Method.choices} if field == "further_methods" else _choices(field)
    if isinstance(value, list):
        return _("、").join(choices.get(each, str(each)) for each in value)
    return choices.get(str(value), str(value))


def _choices(field: str) -> Mapping[str, str]:
    return {str(code): str(label) for code, label in getattr(InspectionItem._meta.get_field(field), "flatchoices", [])}
