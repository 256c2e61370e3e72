"""Whom the phone pages serve: behind `login_required` the user of a request is a person with an account."""

from django.http import HttpRequest

from mingcha.domain.organisation.models import User


class FieldRequest(HttpRequest):
    """A request of someone who is signed in."""

    user: User
