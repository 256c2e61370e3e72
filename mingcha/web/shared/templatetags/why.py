"""Where a value comes from, wherever it acts: {% load why %}{% why clause %}."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from mingcha.domain.policy.rules import KINDS, Clause, label_of, papers, words_of

register = template.Library()

DEADLINES = frozenset(
    {"hours", "days", "years", "working_days", "day_of_month", "day_of_year", "date", "time"},
)


@register.inclusion_tag("components/clause.html")
def why(clause: Clause | Mapping[str, object] | None, asked: str = "", issuer: str = "") -> dict[str, object]:
    """A closed box that opens on value, quotation, document, clause and issuer; nothing where there is no clause.

    `clause` may also be the copy that a duty keeps (its `rule`). `asked` replaces the question, `issuer` the issuer
    that the product knows for the paper.
    """
    held = _clause_of(clause)
    if held is None:
        return {"clause": None}
    paper = papers().get(held.source)
    return {
        "clause": held,
        "asked": asked or _question_of(held),
        "label": label_of(held.key),
        "value": words_of(held),
        "kind": KINDS[held.kind],
        "issuer": issuer or (paper.issuer if paper else ""),
        "title": paper.title if paper else "",
        "is_law": held.kind != "operating",
    }


@register.filter
def rule_label(clause: Clause) -> str:
    """The Chinese name of a rule."""
    return label_of(clause.key)


def _clause_of(given: Clause | Mapping[str, object] | None) -> Clause | None:
    if isinstance(given, Mapping):
        kept = {name: given[name] for name in Clause.model_fields if name in given}
        return Clause.model_validate(kept) if "key" in kept else None
    return given if isinstance(given, Clause) else None


def _question_of(clause: Clause) -> str:
    return _("为什么是这个期限？") if clause.unit in DEADLINES else _("依据")
