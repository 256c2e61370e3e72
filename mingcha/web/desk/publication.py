"""公示: what waits to be shown, and what was shown."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.duties.rules import light_of
from mingcha.domain.inspections.queries import inspections_visible_to
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.publication.actions import publish_result
from mingcha.domain.publication.models import Publication, PublicationKind
from mingcha.domain.publication.queries import due_results, publications_visible_to
from mingcha.domain.publication.rules import digest_of
from mingcha.web.desk.staff import StaffRequest

A_PAGE = 50
AT_ONCE = 50  # waiting results on the list; they are shown by themselves within a minute


@login_required
@require_GET
def publication_list(request: StaffRequest) -> HttpResponse:
    """Waiting results with their lights first, then everything shown or scheduled."""
    now = timezone.now()
    due = due_results(now=now, user=request.user)
    rows = publications_visible_to(request.user)
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    found = rows.filter(**({"kind": kind} if kind else {}), **({"state": state} if state else {}))
    context = {
        "due": [(row, light_of(row.duty, now=now) if row.duty else None) for row in due[:AT_ONCE]],
        "waiting": len(due),
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "kinds": PublicationKind.choices,
        "states": Publication._meta.get_field("state").flatchoices,
        "may_publish": set(reach(request.user, Permission.RESULT_PUBLISH).values_list("pk", flat=True)),
    }
    return render(request, "desk/publication/publication_list.html", context)


@login_required
@require_GET
def publication_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """The copy, word for word, and whether its digest still fits."""
    row = get_object_or_404(publications_visible_to(request.user), pk=pk)
    context = {
        "publication": row,
        "content": row.content,
        "items": row.content.get("items"),  # in a template `content.items` would be the method
        "intact": row.digest == digest_of(row.content),
        "trail": trail_of(row),
    }
    return render(request, "desk/publication/publication_detail.html", context)


@login_required
@require_POST
def result_publish(request: StaffRequest, inspection_id: int) -> HttpResponse:
    """Show one result now instead of within the minute."""
    inspection = get_object_or_404(inspections_visible_to(request.user), pk=inspection_id)
    row = publish_result(inspection, by=request.user, at=timezone.now())
    messages.success(request, _("“%s”已公示") % row.title)
    return redirect("desk:publication_detail", row.pk)
