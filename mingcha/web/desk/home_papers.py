"""What filings, outlets and imports ask of a person on the first page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.domain.filings.queries import filings_visible_to
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.outlets.queries import deliveries_visible_to
from mingcha.domain.registers.queries import batches_visible_to
from mingcha.exchange.partners.publication_outlet import outlet_named
from mingcha.web.desk.home_waiting import AT_ONCE, Waiting


def filings_waiting(user: User) -> Iterator[Waiting]:
    """What is laid ready or came back, for those who send; what was sent, for those who receive."""
    filings = filings_visible_to(user)
    sending = reach(user, Permission.FILING_SEND)
    for filing in filings.filter(state__in=["PREPARED", "RETURNED"], department__in=sending)[:AT_ONCE]:
        address = reverse("desk:filing_detail", args=[filing.pk])
        yield Waiting(_("报送备案"), filing.title, filing.department.short_name, address)
    receiving = reach(user, Permission.FILING_RECEIVE)
    for filing in filings.filter(state="SENT", recipient__in=receiving)[:AT_ONCE]:
        address = reverse("desk:filing_detail", args=[filing.pk])
        yield Waiting(_("接收备案"), filing.title, filing.department.short_name, address)


def outlets_waiting(user: User) -> Iterator[Waiting]:
    """What an outlet sent back or never answered, and what is put up by hand because there is no interface."""
    writing = reach(user, Permission.CATALOGUE_EDIT)
    rows = deliveries_visible_to(user).filter(department__in=writing, state__in=["WAITING", "REFUSED", "GIVEN_UP"])
    for row in rows.defer("content", "rule")[:AT_ONCE]:
        outlet = outlet_named(row.outlet, row.department.region)
        if row.is_stuck or not outlet.has_interface:
            address = reverse("desk:outlet_detail", args=[row.pk])
            yield Waiting(_("在公示渠道公布"), f"{row.title} · {outlet.name}", row.department.short_name, address)


def imports_waiting(user: User) -> Iterator[Waiting]:
    """Imports that were read and wait for the merge."""
    keeping = reach(user, Permission.REGISTER_EDIT)
    for batch in batches_visible_to(user).filter(state="CHECKED", department__in=keeping)[:AT_ONCE]:
        place = batch.department.short_name
        yield Waiting(_("合并导入的名录"), batch.file_name, place, reverse("desk:import_detail", args=[batch.pk]))
