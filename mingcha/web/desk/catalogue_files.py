"""An edition as a file: 重点检查事项清单 and 一般检查事项清单, one sheet each."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.rules.public import table_of, two_lists
from mingcha.kit.tabular import Sheet, workbook_of
from mingcha.web.desk.catalogue_lists import edition_seen
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.tables import XLSX, file_answer


@login_required
@require_GET
def list_workbook(request: StaffRequest, pk: int) -> HttpResponse:
    """The two lists of an edition, a draft too: for reporting on paper, with the columns that the public gets."""
    edition = edition_seen(request.user, pk)
    items = edition.items.select_related("item_list__department").prefetch_related("bases__law").order_by("code")
    since = edition.in_force_at
    days = {edition.pk: timezone.localdate(since).isoformat() if since is not None else ""}
    content = workbook_of(Sheet(each.name, table_of(each.items, days=days)) for each in two_lists(items))
    name = _("%(list)s（%(state)s）.xlsx") % {"list": edition, "state": edition.get_state_display()}
    return file_answer(content, name=name, media_type=XLSX)
