"""What is done with a filing: sealed, sent, accepted, returned."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingcha.domain.filings import actions
from mingcha.web.desk.filings import detail_of, visible_filing
from mingcha.web.desk.forms.filings import AnswerForm, ReturnForm, ScanForm, scan_in
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

PAGE = "desk/filings/filing_detail.html"


@login_required
@require_POST
def filing_seal(request: StaffRequest, pk: int) -> HttpResponse:
    """Put the sealed scan with the filing."""
    filing = visible_filing(request, pk)
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_in(form):
            scan = scan_in(form)
            assert scan is not None  # the field is required
            actions.attach_scan(filing, scan=scan, by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("盖章扫描件已存"))
            return redirect("desk:filing_detail", filing.pk)
    return render(request, PAGE, detail_of(request, filing, scan_form=form), status=422)


@login_required
@require_POST
def filing_send(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand the filing in."""
    filing = actions.send_filing(visible_filing(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("已报送%s") % filing.body_name)
    return redirect("desk:filing_detail", filing.pk)


@login_required
@require_POST
def filing_acknowledge(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept it under a number; or enter the number of a receipt on paper."""
    filing = visible_filing(request, pk)
    form = AnswerForm(request.POST, request.FILES, on_paper=filing.recipient is None)
    if form.is_valid():
        number, remark = form.cleaned_data["number"], form.cleaned_data["remark"]
        with refusals_in(form):
            actions.acknowledge(
                filing, number=number, remark=remark, scan=scan_in(form), by=request.user, at=timezone.now()
            )
        if not form.errors:
            messages.success(request, _("已登记备案号 %s") % number.strip())
            return redirect("desk:filing_detail", filing.pk)
    return render(request, PAGE, detail_of(request, filing, answer_form=form), status=422)


@login_required
@require_POST
def filing_return(request: StaffRequest, pk: int) -> HttpResponse:
    """Send it back with a reason."""
    filing = visible_filing(request, pk)
    form = ReturnForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.return_filing(filing, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        if not form.errors:
            messages.success(request, _("已退回补正"))
            return redirect("desk:filing_detail", filing.pk)
    return render(request, PAGE, detail_of(request, filing, return_form=form), status=422)
