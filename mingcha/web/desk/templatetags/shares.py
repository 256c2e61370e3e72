"""What the words of an item's ratio and frequency were read as: {% load shares %}{{ item|read_ratio }}."""

from django import template
from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.rules import said_as, say_frequency, say_ratio

register = template.Library()


@register.filter
def read_ratio(item: InspectionItem) -> str:
    """The ratio in one way of writing, or that it stays words."""
    return _in_words(say_ratio(item.ratio))


@register.filter
def read_frequency(item: InspectionItem) -> str:
    """The frequency in one way of writing, or that it stays words."""
    return _in_words(say_frequency(item.frequency))


def _in_words(read: str) -> str:
    return _("读作：%s") % read if read else _("读不出数字，按原文执行")


@register.filter
def said(item: InspectionItem, field: str) -> str:
    """A field as people read it."""
    return said_as(field, getattr(item, field))
