"""What the chapters of a rulebook settle: per chapter a small typed set of settings, which the work reads. Pure.

The text of a chapter is for people, its settings are for the work: who approves an inspection, by which methods, at
which ratio, where and how fast a result is published, how long papers are kept. A rulebook may be stricter than the
rules of its place, never laxer.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple, get_args

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mingcha.domain.catalogue.models import Method
from mingcha.domain.organisation.models import Role
from mingcha.domain.policy.rules.codes import word_of
from mingcha.kit.errors import Refused, SeveralRefused

# Where a place wants a rulebook without saying what is in it: the chapters of 泰政字〔2019〕80号.
USUAL_CHAPTERS = ("BASIS", "CONTENT", "PROCEDURE", "APPROVAL", "PUBLICATION", "ARCHIVING")
LONGEST_LINE = 100
MOST_LINES = 30

Line = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
Outlet = Literal["OWN_PORTAL", "PORTAL", "ENFORCEMENT_SITE", "CREDIT_PUBLICITY", "CREDIT_CHINA", "LOCAL_CREDIT"]
Approver = Literal["R05", "R01", "R11"]
MethodCode = Literal["ON_SITE", "WRITTEN", "ADOPTED", "TESTING", "NETWORK", "COMMISSIONED"]
OUTLETS: Sequence[str] = get_args(Outlet)


class Settings(BaseModel):
    """The settings of one chapter; what is left out is not settled there."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Approval(Settings):
    approver: Approver


class Methods(Settings):
    default_method: MethodCode
    methods: list[MethodCode] = Field(min_length=1)


class RatioFrequency(Settings):
    ratio_text: str = Field(min_length=1, max_length=60)
    frequency_text: str = Field(min_length=1, max_length=60)


class Publication(Settings):
    outlets: list[Outlet] = Field(min_length=1)
    working_days: int = Field(ge=1, le=250)


class Archiving(Settings):
    retention_years: int = Field(ge=1, le=100)
    materials: list[Line] = Field(min_length=1, max_length=MOST_LINES)


class Procedure(Settings):
    steps: list[Line] = Field(min_length=1, max_length=MOST_LINES)


class Organisation(Settings):
    office: str = Field(min_length=1, max_length=LONGEST_LINE)


class Handling(Settings):
    rectification_days: int = Field(ge=1, le=365)


class FollowUp(Settings):
    review_days: int = Field(ge=1, le=365)


class Responsibilities(Settings):
    """固化抽查各流程，明确各环节责任: every stage has a post that answers for it."""

    plan: str = Field(min_length=1, max_length=LONGEST_LINE)
    draw: str = Field(min_length=1, max_length=LONGEST_LINE)
    visit: str = Field(min_length=1, max_length=LONGEST_LINE)
    entry: str = Field(min_length=1, max_length=LONGEST_LINE)
    publication: str = Field(min_length=1, max_length=LONGEST_LINE)
    archive: str = Field(min_length=1, max_length=LONGEST_LINE)


SCHEMAS: Mapping[str, type[Settings]] = {
    "APPROVAL": Approval,
    "METHODS": Methods,
    "RATIO_FREQUENCY": RatioFrequency,
    "PUBLICATION": Publication,
    "ARCHIVING": Archiving,
    "PROCEDURE": Procedure,
    "ORGANISATION": Organisation,
    "HANDLING": Handling,
    "FOLLOW_UP": FollowUp,
    "RESPONSIBILITIES": Responsibilities,
}
LABELS: Mapping[str, StrOrPromise] = {
    "approver": gettext_lazy("实施检查由谁批准"),
    "default_method": gettext_lazy("默认检查方式"),
    "methods": gettext_lazy("可用的检查方式"),
    "ratio_text": gettext_lazy("抽查比例"),
    "frequency_text": gettext_lazy("抽查频次"),
    "outlets": gettext_lazy("公示渠道"),
    "working_days": gettext_lazy("公示期限（工作日）"),
    "retention_years": gettext_lazy("保存年限（年）"),
    "materials": gettext_lazy("归档材料"),
    "steps": gettext_lazy("流程各步"),
    "office": gettext_lazy("承办科室"),
    "rectification_days": gettext_lazy("责令改正的默认期限（天）"),
    "review_days": gettext_lazy("改正到期后多少天内复查"),
    "plan": gettext_lazy("制定计划的责任岗位"),
    "draw": gettext_lazy("抽取的责任岗位"),
    "visit": gettext_lazy("实施检查的责任岗位"),
    "entry": gettext_lazy("录入结果的责任岗位"),
    "publication": gettext_lazy("公示的责任岗位"),
    "archive": gettext_lazy("归档的责任岗位"),
}
# Under one name each setting is found again, whichever chapter holds it.
CHAPTER_OF: Mapping[str, str] = {name: code for code, schema in SCHEMAS.items() for name in schema.model_fields}

FAULTS: Mapping[str, StrOrPromise] = {
    "missing": gettext_lazy("“%s”没有填写"),
    "string_too_short": gettext_lazy("“%s”没有填写"),
    "too_short": gettext_lazy("“%s”没有填写"),
    "string_too_long": gettext_lazy("“%s”太长，写短一些"),
    "too_long": gettext_lazy("“%s”行数太多，合并几行"),
    "literal_error": gettext_lazy("“%s”不在可选的范围里，从列表中选"),
    "greater_than_equal": gettext_lazy("“%s”太小，填 1 以上的整数"),
    "less_than_equal": gettext_lazy("“%s”太大，核对后填写"),
    "stray_default": gettext_lazy("“%s”不在可用的检查方式里，把它也选进去"),
    "extra_forbidden": gettext_lazy("不认识“%s”，删去这一项"),
}
OTHER_FAULT = gettext_lazy("“%s”填写不对，核对后重填")


def choices_of(name: str) -> Sequence[tuple[str, StrOrPromise]]:
    """What a setting may be chosen from; nothing for one that is typed."""
    if name == "approver":
        return [(str(role), role.label) for role in (Role.APPROVER, Role.COORDINATOR, Role.SUPERVISOR)]
    if name == "outlets":
        return [(code, word_of(code)) for code in OUTLETS]
    return list(Method.choices) if name in ("default_method", "methods") else ()


class SettingField(NamedTuple):
    """One setting as a form needs it: its kind is choice, choices, number, lines or text."""

    name: str
    label: str
    kind: str
    choices: Sequence[tuple[str, StrOrPromise]]


def setting_fields(code: str) -> list[SettingField]:
    """The settings of a chapter, in order; none for a chapter of words alone."""
    schema = SCHEMAS.get(code)
    return [] if schema is None else [_field(name, info) for name, info in schema.model_fields.items()]


def _field(name: str, info: Any) -> SettingField:
    choices = choices_of(name)
    many = str(info.annotation).startswith("list")
    if choices:
        kind = "choices" if many else "choice"
    elif many:
        kind = "lines"
    else:
        kind = "number" if info.annotation is int else "text"
    return SettingField(name, str(LABELS[name]), kind, choices)


def read_settings(code: str, given: Mapping[str, object]) -> dict[str, object]:
    """The settings of a chapter, checked, as they are kept; what is empty stays out until the rulebook is handed in."""
    filled = {name: value for name, value in given.items() if value not in (None, "", [], ())}
    schema = SCHEMAS.get(code)
    if schema is None:
        if filled:
            raise Refused(_("“%s”这一章没有执行参数") % word_of(code))
        return {}
    faults = [fault for fault in _faults(schema, filled) if fault["type"] != "missing"]
    if faults:
        raise SeveralRefused(tuple(_refusal(fault) for fault in faults))
    return {name: filled[name] for name in schema.model_fields if name in filled}


def missing_settings(code: str, settings: Mapping[str, object]) -> list[str]:
    """The labels of what a chapter still has to settle."""
    schema = SCHEMAS.get(code)
    if schema is None:
        return []
    return [str(LABELS[name]) for name in schema.model_fields if name not in settings]


def _faults(schema: type[Settings], given: Mapping[str, object]) -> Sequence[Any]:
    found: list[Any] = list(_stray_default(given))
    try:
        schema.model_validate(dict(given))
    except ValidationError as fault:
        found += fault.errors(include_url=False, include_context=False, include_input=False)
    return found


def _stray_default(given: Mapping[str, object]) -> Sequence[Any]:
    """The default is one of those that may be used."""
    default, usable = given.get("default_method"), given.get("methods")
    stray = default is not None and isinstance(usable, list) and default not in usable
    return [{"type": "stray_default", "loc": ("default_method",)}] if stray else []


def _refusal(fault: Mapping[str, Any]) -> Refused:
    name = str(fault["loc"][0]) if fault["loc"] else ""
    label = str(LABELS.get(name, name))
    return Refused(str(FAULTS.get(str(fault["type"]), OTHER_FAULT)) % label, field=name)


def setting_words(code: str, settings: Mapping[str, object]) -> list[tuple[str, str]]:
    """The settings of a chapter as people read them."""
    return [
        (field.label, words_of(field.name, settings[field.name]))
        for field in setting_fields(code)
        if field.name in settings
    ]


def words_of(name: str, value: object) -> str:
    """One setting as text; codes by their words."""
    known = {code: str(word) for code, word in choices_of(name)}
    if isinstance(value, list):
        return _("、").join(known.get(str(each), str(each)) for each in value)
    return known.get(str(value), str(value))
