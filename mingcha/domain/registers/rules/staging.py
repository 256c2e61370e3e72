"""What a row of a file makes of its register: which fields it fills, what stands there if it says nothing. Pure."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import CodeType, StaffCategory, StagedSubject, Verdict
from mingcha.domain.registers.rules.codes import category_of, code_type_of, doubtful_code, holds
from mingcha.domain.registers.rules.entries import EVERYWHERE, Reason
from mingcha.domain.registers.rules.searching import search_words
from mingcha.domain.registers.states import SUBJECT_WORKFLOW, SubjectState

Value = str | bool | int | None
Content = Mapping[str, Value]

SUBJECT_KEPT = StagedSubject.kept()
NO_TEXTS = (
    *("name", "kind", "industry", "area", "address", "risk", "warning", "contact", "phone", "source"),
    *("search", "initials"),
)
NEW_SUBJECT: dict[str, Value] = {
    **dict.fromkeys(NO_TEXTS, ""),
    "established_on": None,
    "verified_on": None,
    "is_foreign": False,
    "state": SubjectState.OPEN.value,
}
NEW_INSPECTOR: dict[str, Value] = {
    **dict.fromkeys(("name", "certificate_no", "skills", "post", "team", "phone"), ""),
    "department_id": None,
    "certificate_until": None,
    "areas": EVERYWHERE,
    "category": StaffCategory.LICENSED.value,
    "item_codes": "[]",
    "is_expert": False,
}


class Settled(NamedTuple):
    """What the register holds once the row is in it, and what that does to it."""

    verdict: str
    content: Content


def blank_subject(code: str) -> tuple[Value, ...]:
    """A firm that nothing is known of yet but its code, as the register's columns."""
    return _blank_subject(CodeType.USCC.value if holds(code) else code_type_of(code), category_of(code))


def blank_inspector() -> dict[str, Value]:
    """A person that nothing is known of yet."""
    return dict(NEW_INSPECTOR)


def settle_subjects(
    codes: Sequence[str], said: Mapping[str, Sequence[Value]], former: Sequence[tuple[Value, ...]]
) -> dict[str, Sequence[Value]]:
    """What the register holds of each code once these rows are in it, by column; `former` is what it held before.

    A cell that the file leaves empty changes nothing; a new name brings its search words.
    """
    before = dict(zip(SUBJECT_KEPT, zip(*former, strict=True), strict=True))
    made: dict[str, Sequence[Value]] = dict(before)
    for key, values in said.items():
        made[key] = [old if new is None else new for new, old in zip(values, before[key], strict=True)]
    made["warning"] = [doubtful_code(code) for code in codes]
    words = [
        search_words(str(name)) if name != old else (search, initials)
        for name, old, search, initials in zip(
            made["name"], before["name"], before["search"], before["initials"], strict=True
        )
    ]
    made["search"], made["initials"] = zip(*words, strict=True)
    return made


def settle_inspector(said: Content, known: Content | None, *, home: int) -> Settled:
    """Somebody new without a department belongs to the one that loads the file."""
    if known is None:
        return Settled(Verdict.CREATED.value, {**NEW_INSPECTOR, "department_id": home, **said})
    made = {**known, **said}
    return Settled(_verdict(made, known), made)


def wrong_state(before: str, after: str) -> Reason | None:
    """Why a file cannot bring a subject from one state to another, or None."""
    if before == after or after in SUBJECT_WORKFLOW.moves.get(before, ()):
        return None
    words = {"old": SubjectState(before).label, "new": SubjectState(after).label}
    return (
        _("名录里是“%(old)s”，不能由导入改为“%(new)s”") % words,
        _("在名录里打开这一户核对，或者删去文件里的这一行"),
    )


@cache
def _blank_subject(code_type: str, category: str) -> tuple[Value, ...]:
    made = {**NEW_SUBJECT, "code_type": code_type, "category": category}
    return tuple(made[column] for column in SUBJECT_KEPT)


def _verdict(made: Content, known: Content) -> str:
    return (Verdict.UNCHANGED if made == known else Verdict.CHANGED).value
