"""抽取附件: what stands beside a draw, and how something is added."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.draws.actions import attach_exhibit
from mingcha.domain.draws.models import Draw, Exhibit
from mingcha.domain.draws.permissions import may_attach
from mingcha.domain.draws.queries import draws_visible_to, exhibits_of, paper_due, staff_see_names
from mingcha.web.desk.draws import visible_draw
from mingcha.web.desk.forms.draw_exhibits import ExhibitForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.downloads import download_of
from mingcha.web.shared.refusals import refusals_in


@login_required
@require_http_methods(["GET", "POST"])
def draw_exhibits(request: StaffRequest, pk: int) -> HttpResponse:
    """The list, when the signed paper is due, and the form for those who may add."""
    draw = visible_draw(request, pk)
    now = timezone.now()
    posted = request.method == "POST"
    form = ExhibitForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        with refusals_in(form):
            made = _attach(request, draw, form)
            words = {"kind": made.get_kind_display(), "words": made.words}
            messages.success(request, _("已存：%(kind)s，%(words)s") % words)
            return redirect("desk:draw_exhibits", draw.pk)
    context = {
        "draw": draw,
        "exhibits": exhibits_of(draw),
        "due": paper_due(draw, now),
        "may_add": may_attach(request.user, draw),
        "sees_all": _sees_all(request, draw),
        "form": form,
    }
    return render(request, "desk/draws/exhibits.html", context, status=422 if form.errors else 200)


def _attach(request: StaffRequest, draw: Draw, form: ExhibitForm) -> Exhibit:
    given = form.cleaned_data
    return attach_exhibit(
        draw,
        kind=given["kind"],
        words=given["words"],
        stream=given["file"],
        file_name=given["file"].name,
        by=request.user,
        at=timezone.now(),
    )


def _sees_all(request: StaffRequest, draw: Draw) -> bool:
    """A recording may show the list: whoever may not see its names yet opens the dice only."""
    return may_attach(request.user, draw) or staff_see_names(draw, now=timezone.now())


@login_required
@require_GET
def exhibit_file(request: StaffRequest, pk: int) -> FileResponse:
    """One file, to be kept and never run by the browser."""
    exhibit = get_object_or_404(Exhibit.objects.filter(draw__in=draws_visible_to(request.user)), pk=pk)
    if not exhibit.is_dice and not _sees_all(request, exhibit.draw):
        raise Http404
    return download_of(exhibit.file, name=exhibit.shown_name, media_type=exhibit.media_type)
