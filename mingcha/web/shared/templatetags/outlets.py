"""Where an edition stands besides here: {% load outlets %}{% also_on edition %}."""

from typing import NamedTuple

from django import template

from mingcha.domain.catalogue.queries import AnyPaper
from mingcha.domain.outlets.queries import put_up_elsewhere
from mingcha.exchange.partners.publication_outlet import outlet_named

register = template.Library()


class Posting(NamedTuple):
    """A place where the edition was put up; only a confirmed address becomes a link."""

    name: str
    address: str
    number: str


@register.inclusion_tag("components/also_on.html")
def also_on(paper: AnyPaper | None) -> dict[str, object]:
    """One line, or nothing where no outlet has confirmed it."""
    rows = put_up_elsewhere(paper) if paper is not None else []
    return {
        "postings": [
            Posting(outlet_named(row.outlet, row.department.region).name, row.public_address, row.receipt_number)
            for row in rows
        ]
    }
