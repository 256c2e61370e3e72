"""Where a rule's refusal becomes an answer: the only place that knows both Refused and HTTP."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from mingcha.kit.errors import Forbidden, Refused

Handler = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """A refusal that no form caught: back to the page it came from, with the sentence; 403 for a missing right."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer a Refused; leave every other exception alone."""
        if isinstance(fault, Forbidden):
            heading = _("这一页不能看") if request.method in {"GET", "HEAD"} else ""  # else a step was pressed
            return render(request, "shared/refused.html", {"reason": fault.reason, "heading": heading}, status=403)
        if not isinstance(fault, Refused):
            return None
        back = request.META.get("HTTP_REFERER", "")
        if request.method == "POST" and url_has_allowed_host_and_scheme(back, {request.get_host()}):
            messages.error(request, fault.reason)
            return redirect(back)
        return render(request, "shared/refused.html", {"reason": fault.reason}, status=409)


@contextmanager
def refusals_in(form: BaseForm) -> Iterator[None]:
    """Put a refusal among the form's own errors, so that what was typed stays on the page.

    After the block the view asks `form.is_valid()` / `form.errors` again and shows the page with status 422.
    """
    try:
        yield
    except Forbidden:
        raise
    except Refused as refusal:
        for fault in refusal.faults:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
