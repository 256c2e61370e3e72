"""Reading a profile file. One value without its words, and nothing of the file is used."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from mingcha.domain.policy.rules.clauses import Clause, keys
from mingcha.domain.policy.rules.units import WrongValue
from mingcha.kit.errors import Refused

SHOWN_FAULTS = 5

FAULTS: Mapping[str, StrOrPromise] = {
    "missing": gettext_lazy("缺“%s”"),
    "extra_forbidden": gettext_lazy("不认识“%s”，改名或删去"),
}
WRONG = gettext_lazy("“%s”的写法不对，对照 profiles/README.md 改正")


class Document(BaseModel):
    """A paper that clauses quote."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1)
    issuer: str = Field(min_length=1)
    place: str = Field(min_length=1)
    issued_on: date


class ProfileFile(BaseModel):
    """One dated edition of one jurisdiction's rules, as its file says it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    edition: Literal[1] = Field(alias="schema")
    code: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str = Field(min_length=1)
    jurisdiction: str = Field(pattern=r"^\d{6}$")
    effective_from: date
    effective_to: date | None = None
    document: str
    documents: dict[str, Document]
    clauses: list[Clause] = Field(alias="clause", min_length=1)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.document not in self.documents:
            raise WrongValue(_("document“%s”不在 documents 里") % self.document)
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise WrongValue(_("effective_to 早于 effective_from"))
        seen: set[str] = set()
        for clause in self.clauses:
            if clause.key in seen:
                raise WrongValue(_("“%s”写了两次，留一条") % clause.key)
            seen.add(clause.key)
            self._check_known(clause)
            self._check_origin(clause)
        return self

    def _check_known(self, clause: Clause) -> None:
        known = keys().get(clause.key)
        if known is None:
            raise WrongValue(_("不认识条款“%s”；新条款先登记到 clause_keys.toml") % clause.key)
        if clause.unit != known["unit"]:
            raise WrongValue(_("“%(key)s”的单位应是 %(unit)s") % {"key": clause.key, "unit": known["unit"]})
        if clause.unit == "codes" and (strange := set(clause.codes) - set(known["codes"])):
            raise WrongValue(
                _("“%(key)s”不认识代码 %(codes)s") % {"key": clause.key, "codes": "、".join(sorted(strange))}
            )

    def _check_origin(self, clause: Clause) -> None:
        if clause.source not in self.documents:
            raise WrongValue(
                _("“%(key)s”的出处“%(source)s”不在 documents 里") % {"key": clause.key, "source": clause.source}
            )
        if (clause.source == self.document) != (clause.kind in ("local", "operating")):
            raise WrongValue(_("“%(key)s”的种类 %(kind)s 与出处不符") % {"key": clause.key, "kind": clause.kind})


def read_profile(text: str) -> ProfileFile:
    """Read a profile's TOML; refuse the whole file, naming the places, when anything in it is wrong."""
    try:
        return ProfileFile.model_validate(tomllib.loads(text, parse_float=Decimal))
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        found = re.search(r"line (\d+)", str(fault))
        place = _("第 %s 行") % found.group(1) if found else _("末尾")
        raise Refused(_("规则文件不是合格的 TOML，错在%s附近") % place, field="text") from fault
    except ValidationError as fault:
        faults = fault.errors(include_url=False, include_input=True)
        shown = "；".join(_sentence(one) for one in faults[:SHOWN_FAULTS])
        more = _("；另有 %d 处") % (len(faults) - SHOWN_FAULTS) if len(faults) > SHOWN_FAULTS else ""
        raise Refused(_("规则文件不能用：%s") % (shown + more), field="text") from fault


def _sentence(fault: ErrorDetails) -> str:
    """One fault of the file with its place, in Chinese."""
    cause = fault.get("ctx", {}).get("error")
    if isinstance(cause, WrongValue):
        return _place(fault["loc"], fault["input"]) + str(cause)
    field = str(fault["loc"][-1]) if fault["loc"] else ""
    return _place(fault["loc"][:-1], None) + str(FAULTS.get(fault["type"], WRONG)) % field


def _place(loc: tuple[int | str, ...], given: Any) -> str:
    """第 3 条（entry_hours）： for a clause, nothing for the header."""
    if loc[:1] != ("clause",) or len(loc) == 1:
        return f"{loc[0]}.{loc[1]}：" if loc[:1] == ("documents",) and len(loc) > 1 else ""
    key = f"（{given['key']}）" if isinstance(given, dict) and "key" in given else ""
    return _("第 %(number)d 条%(key)s：") % {"number": int(loc[1]) + 1, "key": key}
