"""Changing one entry by hand: what differs, whether it may be kept, how the trail tells it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import CodeType, Inspector, Subject
from mingcha.domain.registers.rules.codes import category_of, code_type_of
from mingcha.domain.registers.rules.entries import doubtful_of, masked
from mingcha.domain.registers.rules.personal import masked_contact, masked_phone
from mingcha.domain.registers.rules.searching import search_words
from mingcha.kit.errors import Refused

# The trail cannot forget, so it never learns these whole.
MASKS: Mapping[str, Callable[[str], str]] = {
    "certificate_no": masked,
    "contact": masked_contact,
    "phone": masked_phone,
}
TEXTS = ("name", "kind", "industry", "area", "address", "source", "contact", "phone")


class SubjectExtras(TypedDict, total=False):
    """What may be said of a new subject besides its code and name; what its code says need not be told."""

    kind: str
    industry: str
    area: str
    address: str
    established_on: date | None
    is_foreign: bool
    risk: str
    category: str
    code_type: str
    source: str
    verified_on: date | None
    contact: str
    phone: str


class SubjectEntry(TypedDict):
    """What may be changed of a subject; its code is what draws and results know it by, and stays."""

    name: str
    kind: str
    industry: str
    area: str
    address: str
    established_on: date | None
    is_foreign: bool
    risk: str
    category: NotRequired[str]
    code_type: NotRequired[str]
    source: NotRequired[str]
    verified_on: NotRequired[date | None]
    contact: NotRequired[str]
    phone: NotRequired[str]


class InspectorEntry(TypedDict):
    """What may be changed of a person; code and department stay."""

    name: str
    certificate_no: str
    certificate_until: date
    areas: str
    skills: str


def new_entry(code: str, name: str, extras: Mapping[str, Any]) -> dict[str, Any]:
    """The whole content of a new subject: what was given, what its code and its name say."""
    told = {key: value.strip() if isinstance(value, str) else value for key, value in extras.items()}
    search, initials = search_words(name.strip())
    derived = {
        "category": told.get("category") or category_of(code),
        "code_type": told.get("code_type") or code_type_of(code),
        "warning": doubtful_of(code, told.get("code_type") or CodeType.USCC),
    }
    return {**told, **derived, "name": name.strip(), "search": search, "initials": initials}


def texts_of(entry: Mapping[str, Any]) -> dict[str, str]:
    """The texts of an entry, as `check_subject` takes them."""
    return {key: entry[key] for key in TEXTS if key in entry}


def replaced_by(entry: Mapping[str, Any], row: Subject | Inspector) -> dict[str, Any]:
    """The fields in which the row differs from what is wanted, with what they hold now."""
    return {key: getattr(row, key) for key, value in entry.items() if getattr(row, key) != value}


def check_amendable(row: Subject | Inspector, *, replaced: Mapping[str, Any], seen: datetime) -> None:
    """Refuse what changes nothing, and what was written over an entry that has changed since it was looked at."""
    if not replaced:
        raise Refused(_("和名录里现在的内容一样，没有可改的"))
    if row.changed_at != seen:
        raise Refused(_("打开这一页以后，%s在名录里的内容已经改动过；看过改动，核对填写的内容，再提交一次") % row)


def before_and_after(replaced: Mapping[str, Any], row: Subject | Inspector) -> dict[str, object]:
    """Each changed field twice, as texts; long numbers of persons masked."""
    details: dict[str, object] = {}
    for key, before in replaced.items():
        details[f"{key}_before"], details[f"{key}_after"] = _told(key, before), _told(key, getattr(row, key))
    return details


def _told(key: str, value: object) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    text = "" if value is None else str(value)
    return MASKS[key](text) if key in MASKS else text
