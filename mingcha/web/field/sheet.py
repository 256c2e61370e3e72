"""检查单 on the phone: one item a page, and the photos."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.inspections.actions import save_section
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.inspections.queries import evidence_visible_to, sections_of
from mingcha.web.field.forms import SectionForm
from mingcha.web.field.person import FieldRequest
from mingcha.web.field.visits import own
from mingcha.web.shared.refusals import refusals_in


@login_required
@require_http_methods(["GET", "POST"])
def section(request: FieldRequest, pk: int, finding_id: int) -> HttpResponse:
    """Answer the checkpoints of one item; 保存 keeps what is there, complete or not."""
    inspection = own(request, pk)
    found = next((part for part in sections_of(inspection) if part.finding.pk == finding_id), None)
    if found is None:
        raise Http404
    if request.method == "GET":
        if not inspection.is_visiting:
            return redirect("field:visit", pk)
        form = SectionForm(section=found)
    else:
        form = SectionForm(request.POST, request.FILES, section=found)
        if form.is_valid() and _saved(form, request, inspection):
            messages.success(request, _("“%s”已保存") % found.finding.item.title)
            return redirect("field:visit", pk)
    context = {"form": form, "section": found, "inspection": inspection}
    return render(request, "field/section.html", context, status=422 if form.errors else 200)


def _saved(form: SectionForm, request: FieldRequest, inspection: Inspection) -> bool:
    """Keep it; a photo that was not kept becomes an error beside its field, the answers are safe all the same."""
    with refusals_in(form):
        faults = save_section(
            inspection, answers=form.answers(), photos=form.photos(), by=request.user, at=timezone.now()
        )
        for checkpoint, reason in faults.items():
            form.add_error(f"photo-{checkpoint}", _("答案已保存，照片没有：%s") % reason)
    return not form.errors


@login_required
@require_GET
def photo(request: FieldRequest, pk: int) -> HttpResponse | FileResponse:
    """A photo, for those who may see its inspection."""
    evidence = get_object_or_404(evidence_visible_to(request.user), pk=pk)
    answer = FileResponse(evidence.file.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
