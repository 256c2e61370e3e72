"""What a person has made of the list of subjects: named views, chosen columns."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import SavedView
from mingcha.domain.registers.queries import habit_of, registers_visible_to, views_of
from mingcha.web.desk.forms.registers import ColumnsForm, SubjectFilter, ViewForm
from mingcha.web.desk.register_cells import DENSE, choices, known
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

TABLE = "subjects"
LIST = "desk:register_list"


def columns_for(request: StaffRequest) -> tuple[list[str], bool]:
    """The columns that the list shows, and whether its rows stand close: of the view, or of the person's habit."""
    kept = _view_of(request) or habit_of(request.user, TABLE)
    chosen = kept.columns if kept is not None and isinstance(kept.columns, list) else []
    return known(chosen), DENSE in chosen


def _view_of(request: StaffRequest) -> SavedView | None:
    number = request.GET.get("view", "")
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):  # noqa: PLR2004  # as many as a key has
        return None
    return views_of(request.user, TABLE).filter(pk=int(number)).first()


@login_required
@require_http_methods(["GET", "POST"])
def view_list(request: StaffRequest) -> HttpResponse:
    """The views one can use, and keeping what the list shows now as another."""
    require(request.user, Permission.REGISTER_READ)
    search = SubjectFilter(request.GET, registers=registers_visible_to(request.user))
    form = ViewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        columns, is_dense = columns_for(request)
        with refusals_in(form):
            view = actions.save_view(
                TABLE,
                **form.cleaned_data,
                query=search.as_query(),
                columns=[*columns, *([DENSE] if is_dense else [])],
                by=request.user,
                at=timezone.now(),
            )
            return redirect(address_of(view))
    query = search.as_query()
    context = {
        "form": form,
        "query": query,
        "conditions": conditions_of(search),
        "views": views_of(request.user, TABLE),
    }
    return render(request, "desk/registers/views.html", context, status=422 if form.errors else 200)


def address_of(view: SavedView) -> str:
    """The list as a view shows it."""
    return f"{reverse(LIST)}?{view.query}{'&' if view.query else ''}view={view.pk}"


def conditions_of(search: SubjectFilter) -> list[tuple[object, object]]:
    """The filters in use, each with its name and its value as the page shows it."""
    found: list[tuple[object, object]] = []
    for name in search.fields:
        value = search.cleaned_data.get(name)
        if value:
            words = dict(getattr(search.fields[name], "choices", ()) if name != "register" else ())
            found.append((search[name].label, words.get(value, value)))
    return found


@login_required
@require_POST
def view_drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a view of one's own away; a second press finds nothing and says nothing."""
    require(request.user, Permission.REGISTER_READ)
    view = views_of(request.user, TABLE).filter(pk=pk).first()
    if view is not None:
        actions.drop_view(view, by=request.user, at=timezone.now())
    return redirect("desk:view_list")


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: StaffRequest) -> HttpResponse:
    """Which columns one wants to see."""
    require(request.user, Permission.REGISTER_READ)
    chosen, is_dense = columns_for(request)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        columns=choices(),
        initial={"columns": chosen, "dense": is_dense},
    )
    if form.is_valid():
        wanted = [*form.cleaned_data["columns"], *([DENSE] if form.cleaned_data["dense"] else [])]
        actions.choose_columns(TABLE, columns=wanted, by=request.user)
        return redirect(LIST)
    return render(request, "desk/registers/columns.html", {"form": form}, status=422 if form.errors else 200)
