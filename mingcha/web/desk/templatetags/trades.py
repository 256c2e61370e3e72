"""What a firm does, by name: {% load trades %}{{ subject.industry|trade }}."""

from django import template

from mingcha.domain.registers.rules.trades import trade_named

register = template.Library()


@register.filter
def trade(kept: str) -> str:
    """What the register keeps, with the name beside a bare code."""
    return trade_named(kept)
