"""What the trail's events are called in Chinese."""

from django_stubs_ext import StrOrPromise

from mingcha.web.shared.events import (
    audit,
    catalogue,
    draws,
    duties,
    filings,
    inspections,
    organisation,
    outlets,
    plans,
    policy,
    publication,
    registers,
)

APPS = (
    audit,
    catalogue,
    draws,
    duties,
    filings,
    inspections,
    organisation,
    outlets,
    plans,
    policy,
    publication,
    registers,
)
WORDS: dict[str, StrOrPromise] = {event: word for app in APPS for event, word in app.EVENTS.items()}
