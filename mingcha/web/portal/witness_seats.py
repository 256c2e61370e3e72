"""A citizen asks to witness an announced draw, and finds the answer under the receipt."""

from datetime import timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.draws.actions import ask_for_seat
from mingcha.domain.draws.queries import announcement_of, invitation_by_code
from mingcha.kit.errors import Refused
from mingcha.web.portal.draws import public_draw_or_404
from mingcha.web.shared.guesses import holds_pass, minutes_to_wait, note_wrong, pass_of
from mingcha.web.shared.refusals import refusals_in
from mingcha.web.shared.visitors import comes_too_often

MOST_REQUESTS = 10  # an hour, from one address: a whole office may stand behind it


class SeatRequestForm(forms.Form):
    """A name, and a unit if there is one: nothing else is needed to keep a chair free."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    unit = forms.CharField(label=_("单位"), max_length=100, required=False, help_text=_("没有单位可以不填。"))


@require_http_methods(["GET", "POST"])
def seat_request(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a seat."""
    draw = public_draw_or_404(number)
    form = SeatRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            if comes_too_often(request, "seat", most=MOST_REQUESTS, within=timedelta(hours=1)):
                raise Refused(gettext("同一网络一小时内的申请太多，一小时后再提交，或当天到现场向主持人要求入席"))
            asked = ask_for_seat(draw, **form.cleaned_data, at=timezone.now())
            receipt = reverse("portal:seat_receipt", args=[asked.code])
            return redirect(f"{receipt}?{urlencode({'given': pass_of(asked.code)})}")
    context = {"draw": draw, "form": form, "announced": announcement_of(draw)}
    return render(request, "portal/draws/seat_request.html", context, status=422 if form.errors else 200)


@require_GET
def seat_receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a request; the code is the only key to it."""
    wait = 0 if holds_pass(request.GET.get("given", ""), code) else minutes_to_wait(request, "receipt")
    if wait:
        reason = gettext("受理号试错太多，%d 分钟后再试；提交申请时收藏的网址不用等") % wait
        return render(request, "shared/refused.html", {"reason": reason}, status=429)
    asked = invitation_by_code(code)
    if asked is None:
        note_wrong(request, "receipt")
        raise Http404
    context = {"asked": asked, "draw": asked.draw, "announced": announcement_of(asked.draw)}
    return render(request, "portal/draws/seat_receipt.html", context)
