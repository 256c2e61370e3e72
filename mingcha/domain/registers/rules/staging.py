"""What a row of a file makes of its register: which fields it fills, what stands there if it says nothing. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import BatchKind, CodeType, StaffCategory, Verdict
from mingcha.domain.registers.rules.codes import category_of, code_type_of, doubtful_code, holds
from mingcha.domain.registers.rules.entries import EVERYWHERE, Reason
from mingcha.domain.registers.rules.searching import search_words
from mingcha.domain.registers.states import SUBJECT_WORKFLOW, SubjectState

Value = str | bool | int | None
Content = Mapping[str, Value]

NO_TEXTS = ("name", "kind", "industry", "area", "address", "risk", "contact", "phone", "source", "search", "initials")
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


def blank_of(kind: str, code: str) -> dict[str, Value]:
    """A row that nothing is known of yet."""
    return _new_subject(code) if kind == BatchKind.SUBJECTS else dict(NEW_INSPECTOR)


def settle_subject(code: str, said: Content, known: Content | None) -> Settled:
    """A cell that the file leaves empty changes nothing; a new name brings its search words."""
    if known is None:
        made = _new_subject(code)
        made.update(said)
        made["search"], made["initials"] = search_words(str(said["name"]))
        return Settled(Verdict.CREATED.value, made)
    made = {**known, **said, "warning": doubtful_code(code)}
    if made["name"] != known["name"]:
        made["search"], made["initials"] = search_words(str(made["name"]))
    return Settled(_verdict(made, known), made)


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


def _new_subject(code: str) -> dict[str, Value]:
    made, is_sound = NEW_SUBJECT.copy(), holds(code)
    made["code_type"] = CodeType.USCC.value if is_sound else code_type_of(code)
    made["category"] = category_of(code)
    made["warning"] = "" if is_sound else doubtful_code(code)
    return made


def _verdict(made: Content, known: Content) -> str:
    return (Verdict.UNCHANGED if made == known else Verdict.CHANGED).value
