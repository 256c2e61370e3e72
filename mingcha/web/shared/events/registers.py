"""Chinese words for the events of this app, as timelines show them."""

from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {}
