"""Where a value comes from, wherever it acts: {% load why %}{% why clause %}."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django import template
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.policy.rules import KINDS, Clause, label_of, papers, words_of

register = template.Library()

DEADLINES = frozenset(
    {"hours", "days", "years", "working_days", "day_of_month", "day_of_year", "date", "time"},
)

Given = Clause | Mapping[str, object] | Iterable[Clause] | None


class Ground(NamedTuple):
    """A clause as people read it, with what the product knows of its paper."""

    clause: Clause
    label: str
    value: str
    kind: StrOrPromise
    title: str
    issuer: str

    @property
    def is_law(self) -> bool:
        return self.clause.kind != "operating"


@register.inclusion_tag("components/clause.html")
def why(clause: Given, asked: str = "", issuer: str = "") -> dict[str, object]:
    """A closed box that opens on value, quotation, document, clause and issuer; nothing where there is no clause.

    `clause` may also be the copy that a duty keeps (its `rule`), or several clauses: they share one box. `asked`
    replaces the question, `issuer` the issuer that the product knows for the paper.
    """
    grounds = [_ground_of(one, issuer) for one in _clauses_of(clause)]
    return {"grounds": grounds, "asked": asked or _question_of(grounds)}


def _clauses_of(given: Given) -> list[Clause]:
    if isinstance(given, Clause):
        return [given]
    if isinstance(given, Mapping):
        kept = {name: given[name] for name in Clause.model_fields if name in given}
        return [Clause.model_validate(kept)] if "key" in kept else []
    return [one for one in given or () if isinstance(one, Clause)]


def _ground_of(clause: Clause, issuer: str) -> Ground:
    paper = papers().get(clause.source)
    title = paper.title if paper and paper.title != clause.source else ""
    known = issuer or (paper.issuer if paper else "")
    return Ground(clause, label_of(clause.key), words_of(clause), KINDS[clause.kind], title, known)


def _question_of(grounds: list[Ground]) -> str:
    if len(grounds) > 1:
        return _("依据（%d 条）") % len(grounds)
    deadline = grounds and grounds[0].clause.unit in DEADLINES
    return _("为什么是这个期限？") if deadline else _("依据")
