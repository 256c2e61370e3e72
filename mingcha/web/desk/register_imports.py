"""Importing a register: choose a file, look at what it would do, merge it or not."""

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.permissions import Permission, may, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import BatchKind, Verdict
from mingcha.domain.registers.queries import batches_visible_to, departments_kept_by, staged_rows
from mingcha.domain.registers.rules import columns_missing_in, columns_of
from mingcha.kit.tabular import Sheet, workbook_of
from mingcha.web.desk.forms.registers import ColumnsForm, FileForm
from mingcha.web.desk.registers import A_PAGE, differences
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def import_list(request: StaffRequest) -> HttpResponse:
    """Every file that was read, and what became of it."""
    batches = batches_visible_to(request.user).defer("faults", "warnings", "headings")
    context = {
        "tab": "imports",
        "page": Paginator(batches, A_PAGE).get_page(request.GET.get("page")),
        "may_import": may(request.user, Permission.REGISTER_EDIT),
    }
    return render(request, "desk/registers/import_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_new(request: StaffRequest) -> HttpResponse:
    """Choose a file; it is read and shown, nothing is in the register yet."""
    require(request.user, Permission.REGISTER_EDIT)
    departments = departments_kept_by(request.user)
    if request.method == "GET":
        form = FileForm(departments=departments, initial={"kind": request.GET.get("kind", "")})
        return render(request, "desk/registers/import_new.html", {"form": form, "kinds": BatchKind.choices})
    form = FileForm(request.POST, request.FILES, departments=departments)
    if form.is_valid():
        with refusals_in(form):
            batch = actions.read_file(
                form.cleaned_data["kind"],
                department=form.cleaned_data["department"],
                file_name=form.cleaned_data["file"].name,
                content=form.cleaned_data["file"].read(),
                by=request.user,
                at=timezone.now(),
            )
            return redirect("desk:import_detail", batch.pk)
    return render(request, "desk/registers/import_new.html", {"form": form, "kinds": BatchKind.choices}, status=422)


@login_required
@require_GET
def import_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """What was found in a file, what is wrong with it, what its merge does or did."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    verdict = request.GET.get("show", "")
    rows = staged_rows(batch, verdict if verdict in Verdict.values else "").select_related("batch")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    counts = ((Verdict.CREATED, batch.created), (Verdict.CHANGED, batch.changed), (Verdict.UNCHANGED, batch.unchanged))
    context = {
        "batch": batch,
        "counts": [(state.value, state.label, number) for state, number in counts],
        "show": verdict,
        "taken": [entry for entry in batch.headings if entry["field"]],
        "left": [entry["heading"] for entry in batch.headings if not entry["field"]],
        "page": page,
        "rows": [(row, differences(row)) for row in page],
        "trail": trail_of(batch),
        "may_edit": may(request.user, Permission.REGISTER_EDIT, within=batch.department),
        "lacks_columns": bool(columns_missing_in(batch)),
    }
    return render(request, "desk/registers/import_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_columns(request: StaffRequest, pk: int) -> HttpResponse:
    """Say by hand which heading fills which column, where the names did not; the file is read anew."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    require(request.user, Permission.REGISTER_EDIT, within=batch.department)
    if not columns_missing_in(batch):
        raise Http404
    form = ColumnsForm(request.POST or None, request.FILES or None, batch=batch)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            fresh = actions.read_file(
                batch.kind,
                department=batch.department,
                file_name=form.cleaned_data["file"].name,
                content=form.cleaned_data["file"].read(),
                by=request.user,
                at=timezone.now(),
                columns=form.chosen(),
            )
            return redirect("desk:import_detail", fresh.pk)
    context = {"form": form, "batch": batch}
    return render(request, "desk/registers/import_columns.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def import_merge(request: StaffRequest, pk: int) -> HttpResponse:
    """Into the register with it."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    actions.merge_batch(batch, by=request.user, at=timezone.now())
    return redirect("desk:import_detail", pk)


@login_required
@require_POST
def import_drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Not this one."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    actions.drop_batch(batch, by=request.user, at=timezone.now())
    return redirect("desk:import_detail", pk)


@login_required
@require_GET
def import_template(request: StaffRequest, kind: str) -> HttpResponse:
    """An empty file with its headings, one filled row and a sheet that explains each column."""
    kinds = {str(value).lower(): (str(value), label) for value, label in BatchKind.choices}
    if kind not in kinds:
        raise Http404
    value, label = kinds[kind]
    columns = columns_of(value)
    notes = [[_("列"), _("怎么填"), _("例子")], *([str(c.label), str(c.note), c.example] for c in columns)]
    rows = [[str(column.label) for column in columns], [column.example for column in columns]]
    content = workbook_of([Sheet(str(label), rows), Sheet(_("填写说明"), [*notes, *_general()])])
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_('%s导入模板.xlsx') % label)}"
    return answer


def _general() -> list[list[str]]:
    """What holds for every column."""
    said = (
        _("导入前删去第 2 行的例子。"),
        _("空白的格不改动名录里已有的内容。"),
        _("模板里没有的列不导入，读取后会列出来。"),
        _("有一行不对，整个文件都不入库；改好后重新导入，已经一样的行不会重复。"),
    )
    return [["", text, ""] for text in said]
