"""The value of a clause as people say it."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.policy.rules.clauses import Clause
from mingcha.domain.policy.rules.codes import word_of
from mingcha.domain.policy.rules.units import Sector

AFTER_NUMBER: Mapping[str, StrOrPromise] = {
    "hours": gettext_lazy("%s 小时"),
    "days": gettext_lazy("%s 天"),
    "years": gettext_lazy("%s 年"),
    "working_days": gettext_lazy("%s 个工作日"),
    "persons": gettext_lazy("%s 人"),
    "count": gettext_lazy("%s"),
    "digits": gettext_lazy("%s 位"),
    "metres": gettext_lazy("%s 米"),
    "day_of_month": gettext_lazy("次月 %s 日"),
    "date": gettext_lazy("%s"),
    "time": gettext_lazy("%s"),
}


def _of_ratio(clause: Clause) -> str:
    return f"{(clause.share * 100).normalize():f}%"


def _of_codes(clause: Clause) -> str:
    return _("、").join(word_of(code) for code in clause.codes)


def _of_quota(clause: Clause) -> str:
    """In the order of the quotation: the mapping loses its own in PostgreSQL."""
    named = sorted(clause.quota.items(), key=lambda pair: (clause.quote.find(pair[0]), pair))
    return _("、").join(f"{name} {share}" for name, share in named)


def _of_day_of_year(clause: Clause) -> str:
    month, on = str(clause.value).split("-")
    return _("每年 %(month)d 月 %(day)d 日前") % {"month": int(month), "day": int(on)}


def _of_sectors(clause: Clause) -> str:
    return _("；").join(sentence_of(sector) for sector in clause.sectors)


def sentence_of(sector: Sector) -> str:
    """市场监管：工商局牵头，发改、公安参与."""
    parts = {"name": sector.name, "lead": sector.lead, "participants": _("、").join(sector.participants)}
    return _("%(name)s：%(lead)s牵头，%(participants)s参与") % parts


SAID: Mapping[str, Callable[[Clause], str]] = {
    "flag": lambda clause: _("适用"),
    "ratio": _of_ratio,
    "codes": _of_codes,
    "quota": _of_quota,
    "day_of_year": _of_day_of_year,
    "sectors": _of_sectors,
}


def words_of(clause: Clause) -> str:
    """48 小时, 3%, 每年 1 月 31 日前."""
    if clause.unit in SAID:
        return SAID[clause.unit](clause)
    return str(AFTER_NUMBER[clause.unit]) % clause.value
