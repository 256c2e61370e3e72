"""One value of a jurisdiction's rules with the words it comes from."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from pydantic import BaseModel, ConfigDict, model_validator

from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.rules.units import Sector, Value, WrongValue, fitting
from mingcha.kit.errors import Refused

KEYS = Path(__file__).parents[1] / "reference" / "clause_keys.toml"

KINDS: Mapping[str, StrOrPromise] = {
    "local": gettext_lazy("本地文件"),
    "borrowed": gettext_lazy("借用外地文件"),
    "national": gettext_lazy("国家法律"),
    "operating": gettext_lazy("运行设置（不是法定数字）"),
}


class Clause(BaseModel):
    """A value, its quotation and its place; an operating setting has a reason instead, being nobody's law."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    value: Value
    unit: str
    source: str
    kind: Literal["local", "borrowed", "national", "operating"]
    clause: str = ""
    quote: str = ""
    reading: str = ""
    reason: str = ""

    @model_validator(mode="before")
    @classmethod
    def _value_fits_unit(cls, given: Any) -> Any:
        if isinstance(given, dict) and "value" in given and "unit" in given:
            return {**given, "value": fitting(given["value"], str(given["unit"]))}
        return given

    @model_validator(mode="after")
    def _has_its_origin(self) -> Self:
        if self.kind == "operating":
            if not self.reason.strip():
                raise WrongValue(_("运行设置要写理由（reason）"))
            if self.quote or self.clause:
                raise WrongValue(_("运行设置不是法定数字，不能带引文（quote）或条次（clause）"))
            return self
        if not self.quote.strip():
            raise WrongValue(_("缺引文（quote）：每个数都要有原文"))
        if not self.clause.strip():
            raise WrongValue(_("缺条次（clause）：每个数都要有出处"))
        return self

    @property
    def number(self) -> int:
        """The value of a clause that counts something."""
        if type(self.value) is not int:
            raise TypeError(f"{self.key} is no number")
        return self.value

    @property
    def share(self) -> Decimal:
        """The value of a ratio."""
        if not isinstance(self.value, Decimal):
            raise TypeError(f"{self.key} is no ratio")
        return self.value

    @property
    def codes(self) -> list[str]:
        """The value of a list of codes."""
        if self.unit != "codes":
            raise TypeError(f"{self.key} is no list of codes")
        return cast(list[str], self.value)

    @property
    def quota(self) -> dict[str, int]:
        """The value of a table of departments and numbers."""
        if not isinstance(self.value, dict):
            raise TypeError(f"{self.key} is no quota")
        return self.value

    @property
    def sectors(self) -> list[Sector]:
        """The value of a list of sectors."""
        if self.unit != "sectors":
            raise TypeError(f"{self.key} is no list of sectors")
        return cast(list[Sector], self.value)

    @property
    def words(self) -> str:
        """The quotation as people read it: repaired where the source is damaged; a setting's reason."""
        return self.reading or self.quote or self.reason

    @property
    def place(self) -> str:
        """Document and clause: 法府建办字〔2020〕1号 二（三）1."""
        return f"{self.source} {self.clause}".strip()

    @property
    def citation(self) -> str:
        """What stands behind 依据： in an explanation."""
        if self.kind == "operating":
            return _("%(place)s（运行设置，不是法定数字）：%(words)s") % {"place": self.place, "words": self.words}
        borrowed = _("（借用）") if self.kind == "borrowed" else ""
        return f"{self.place}{borrowed}“{self.words}”"


@cache
def keys() -> Mapping[str, Mapping[str, Any]]:
    """Every clause a profile may hold, from the table that comes with the product."""
    return tomllib.loads(KEYS.read_text(encoding="utf-8"))


def label_of(key: str) -> str:
    """The Chinese name of a clause."""
    return str(keys()[key]["label"]) if key in keys() else key


def clauses_of(profile: Profile) -> list[Clause]:
    """Everything a profile says, in the order of its file."""
    return [Clause.model_validate(kept) for kept in profile.clauses]


def has_clause(profile: Profile, key: str) -> bool:
    """Does the profile say it? What it does not say is no rule there."""
    return any(kept["key"] == key for kept in profile.clauses)


def unsaid_by(profile: Profile) -> list[str]:
    """The labels of what a profile does not say, one-off dates of other places left out."""
    said = {kept["key"] for kept in profile.clauses}
    return [str(known["label"]) for key, known in keys().items() if key not in said and not key.endswith("_once")]


def clause_of(profile: Profile, key: str) -> Clause:
    """One clause of a profile, refused when the profile does not say it."""
    for kept in profile.clauses:
        if kept["key"] == key:
            return Clause.model_validate(kept)
    raise Refused(
        _("本地规则未作规定：%(name)s没有“%(label)s”这一条，由协调机构在“规则与日历”中补充后再办")
        % {"name": profile.name, "label": label_of(key)}
    )
