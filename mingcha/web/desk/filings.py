"""报备: what is filed with whom, seen by those who file and by those who receive."""

from pathlib import PurePath
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.filings.models import Filing, FilingKind, Receipt
from mingcha.domain.filings.queries import content_sheets, filings_visible_to, form_of, receipts_visible_to
from mingcha.domain.filings.queries.form.word import word_form_of
from mingcha.domain.filings.rules import media_type_of, needs_seal
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, may, reach, require
from mingcha.domain.organisation.queries import contact_of
from mingcha.web.desk.forms.filings import AnswerForm, ReturnForm, ScanForm
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.downloads import download_of
from mingcha.web.shared.papers import paper
from mingcha.web.shared.tables import file_answer

A_PAGE = 50
LONGEST_YEAR = 4
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STATES = Filing._meta.get_field("state").choices or []
SIDES: tuple[tuple[str, StrOrPromise], ...] = (("out", _("本单位报送")), ("in", _("本单位接收")))


class StateCount(NamedTuple):
    """How many filings are in a state, under the other filters."""

    state: str
    label: str
    number: int


@login_required
@require_GET
def filing_list(request: StaffRequest) -> HttpResponse:
    """What goes out and what comes in, with how many are in each state."""
    require_seat(request.user)
    narrowed = _narrowed(filings_visible_to(request.user), request)
    counted = dict(narrowed.order_by().values_list("state").annotate(number=Count("pk")))
    state = request.GET.get("state", "")
    found = narrowed.filter(state=state) if state in dict(STATES) else narrowed
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "counts": [StateCount(str(code), str(label), counted.get(code, 0)) for code, label in STATES],
        "sides": SIDES,
        "kinds": FilingKind.choices,
        "departments": reach(request.user, Permission.FILING_READ),
        "filtered": any(request.GET.get(name) for name in ("q", "side", "kind", "state", "department", "year")),
        "may_file": may(request.user, Permission.FILING_SEND),
    }
    return render(request, "desk/filings/filing_list.html", context)


def require_seat(user: User) -> None:
    """Anybody who files, reads or receives."""
    if not may(user, Permission.FILING_RECEIVE):
        require(user, Permission.FILING_READ)


def _narrowed(filings: QuerySet[Filing], request: StaffRequest) -> QuerySet[Filing]:
    asked = request.GET
    if asked.get("side") == "in":
        filings = filings.filter(recipient__in=reach(request.user, Permission.FILING_RECEIVE), sent_at__isnull=False)
    elif asked.get("side") == "out":
        filings = filings.filter(department__in=reach(request.user, Permission.FILING_READ))
    if asked.get("kind") in FilingKind.values:
        filings = filings.filter(kind=asked["kind"])
    if asked.get("department"):
        filings = filings.filter(department__code=asked["department"])
    year = asked.get("year", "")
    if year.isdecimal() and len(year) <= LONGEST_YEAR:
        filings = filings.filter(year=int(year))
    text = asked.get("q", "").strip()
    if text:
        numbered = Q(pk__in=receipts_visible_to(request.user).filter(number__icontains=text).values("filing"))
        filings = filings.filter(Q(title__icontains=text) | numbered)
    return filings


@login_required
@require_GET
def filing_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One filing: what is handed in, what was answered, and what this person does next."""
    filing = visible_filing(request, pk)
    return render(request, "desk/filings/filing_detail.html", detail_of(request, filing))


def visible_filing(request: StaffRequest, pk: int) -> Filing:
    return get_object_or_404(filings_visible_to(request.user), pk=pk)


class Acts(NamedTuple):
    """What this person may do with a filing now."""

    seal: bool
    send: bool
    answer: bool


def acts_of(user: User, filing: Filing) -> Acts:
    files = may(user, Permission.FILING_SEND, within=filing.department)
    if filing.recipient is None:
        receives = files
    else:
        receives = may(user, Permission.FILING_RECEIVE, within=filing.recipient) and filing.sent_by_id != user.pk
    sendable = files and filing.is_sendable
    return Acts(seal=sendable, send=sendable, answer=receives and filing.is_sent)


def detail_of(request: StaffRequest, filing: Filing, **wrong: ScanForm | AnswerForm | ReturnForm) -> dict[str, object]:
    """Everything the page shows; a form that was refused stands in the place of its empty one."""
    on_paper = filing.recipient is None
    receipts = list(filing.receipts.select_related("received_by__department"))
    forms = {"scan_form": ScanForm(), "answer_form": AnswerForm(on_paper=on_paper), "return_form": ReturnForm()}
    return {
        "filing": filing,
        "sheets": content_sheets(filing.content),
        "receipts": receipts,
        "returned": receipts[-1] if receipts and filing.is_returned else None,
        "contact": contact_of(filing.department.region, filing.body, sector=filing.sector),
        "acts": acts_of(request.user, filing),
        "lacks_seal": needs_seal(filing) and not filing.scan,
        "on_paper": on_paper,
        "trail": trail_of(filing),
        **forms,
        **wrong,
    }


@login_required
@require_GET
def filing_form(request: StaffRequest, pk: int) -> HttpResponse:
    """《备案表》 as PDF, to be sealed."""
    filing = visible_filing(request, pk)
    return paper(form_of(filing), name=f"filing-{filing.pk}.pdf")


@login_required
@require_GET
def filing_word(request: StaffRequest, pk: int) -> HttpResponse:
    """The same paper as a Word file: what the office adds by itself before sealing."""
    filing = visible_filing(request, pk)
    name = str(_("备案表 %s.docx") % filing.title)
    return file_answer(word_form_of(filing), name=name, media_type=DOCX)


@login_required
@require_GET
def filing_scan(request: StaffRequest, pk: int) -> FileResponse:
    """The sealed scan that was handed in."""
    filing = visible_filing(request, pk)
    return _scan_of(filing, name=f"filing-{filing.pk}-sealed")


@login_required
@require_GET
def receipt_scan(request: StaffRequest, pk: int) -> FileResponse:
    """The scan of a receipt on paper."""
    receipt = get_object_or_404(receipts_visible_to(request.user), pk=pk)
    return _scan_of(receipt, name=f"filing-{receipt.filing_id}-receipt-{receipt.pk}")


def _scan_of(row: Filing | Receipt, *, name: str) -> FileResponse:
    if not row.scan:
        raise Http404
    kept_as = str(row.scan)
    return download_of(row.scan, name=name + PurePath(kept_as).suffix, media_type=media_type_of(kept_as))
