"""What a value of each unit may be, and how it is said in Chinese. No value is ever a binary float."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Sector(BaseModel):
    """监管领域: who leads joint inspections in it and who takes part, as the text names them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[A-Z][A-Z_]{1,29}$")
    name: str = Field(min_length=1)
    lead: str = Field(min_length=1)
    participants: list[str] = Field(min_length=1)


Value = bool | int | Decimal | date | str | list[str] | list[Sector] | dict[str, int]

LEAP_YEAR = 2024
LONGEST_MONTH = 31


class WrongValue(ValueError):
    """The value does not fit its unit; the message says what would."""


def _flag(value: object) -> bool:
    if value is not True:
        raise WrongValue(_("只能是 true；不成立的规则整条删去"))
    return True


def _count(value: object) -> int:
    if type(value) is not int or value <= 0:
        raise WrongValue(_("要写大于 0 的整数"))
    return value


def _ratio(value: object) -> Decimal:
    try:
        share = Decimal(value) if isinstance(value, (Decimal, str)) else Decimal("NaN")
    except InvalidOperation:
        share = Decimal("NaN")
    if not (share.is_finite() and 0 < share <= 1):
        raise WrongValue(_("要写大于 0、不大于 1 的小数"))
    return share


def _day_of_month(value: object) -> int:
    if type(value) is not int or not 1 <= value <= LONGEST_MONTH:
        raise WrongValue(_("要写 1 到 31 的整数"))
    return value


def _day_of_year(value: object) -> str:
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{value}")
    except ValueError as fault:
        raise WrongValue(_("要写“月-日”，例如 01-31")) from fault
    return str(value)


def _date(value: object) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as fault:
        raise WrongValue(_("要写日期，例如 2020-03-27")) from fault


def _time(value: object) -> str:
    if not (isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value)):
        raise WrongValue(_("要写 24 小时制的时刻，例如 17:00"))
    return time.fromisoformat(value).strftime("%H:%M")


def _codes(value: object) -> list[str]:
    if not (isinstance(value, list) and value and all(isinstance(code, str) for code in value)):
        raise WrongValue(_("要写代码的列表，至少一个"))
    if len(set(value)) != len(value):
        raise WrongValue(_("代码重复"))
    return value


def _quota(value: object) -> dict[str, int]:
    if not (isinstance(value, dict) and value):
        raise WrongValue(_("要写“部门 = 数量”的表"))
    return {str(name): _count(share) for name, share in value.items()}


def _sectors(value: object) -> list[Sector]:
    try:
        sectors = [Sector.model_validate(each) for each in value] if isinstance(value, list) else []
    except ValidationError as fault:
        raise WrongValue(_("每个领域要写 code（大写字母）、name、lead 和 participants")) from fault
    if not sectors:
        raise WrongValue(_("要写领域的列表，至少一个"))
    if len({sector.code for sector in sectors}) != len(sectors):
        raise WrongValue(_("代码重复"))
    return sectors


UNITS: Mapping[str, Callable[[object], Value]] = {
    "flag": _flag,
    "hours": _count,
    "days": _count,
    "years": _count,
    "working_days": _count,
    "ratio": _ratio,
    "persons": _count,
    "count": _count,
    "digits": _count,
    "metres": _count,
    "day_of_month": _day_of_month,
    "day_of_year": _day_of_year,
    "date": _date,
    "time": _time,
    "codes": _codes,
    "quota": _quota,
    "sectors": _sectors,
}


def fitting(value: object, unit: str) -> Value:
    """The value in the type of its unit, or WrongValue."""
    if unit not in UNITS:
        raise WrongValue(_("不认识单位“%s”") % unit)
    return UNITS[unit](value)
