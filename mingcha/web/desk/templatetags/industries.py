"""What a firm does, by name: {% load industries %}{{ subject.industry|industry_name }}."""

from django import template

from mingcha.domain.registers.rules.industry_names import industry_named

register = template.Library()


@register.filter
def industry_name(kept: str) -> str:
    """What the register keeps, with the name beside a bare code."""
    return industry_named(kept)
