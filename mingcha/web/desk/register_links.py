"""对象与事项关联 at the desk: the rules of each item, what they would change, what is linked to nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.organisation.models import Department
from mingcha.domain.organisation.permissions import Permission, may, reach
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import LinkRule
from mingcha.domain.registers.queries import (
    departments_kept_by,
    hold_on,
    holds_of,
    items_with_links,
    link_rules_of,
    linkable_items,
    links_of_item,
    loose_links,
    orphan_subjects,
    preview_of,
    registers_of,
    subjects_visible_to,
)
from mingcha.web.desk.forms.register_life import LinkForm, LinkRuleForm, UnlinkForm, rule_initial
from mingcha.web.desk.register_entries import page_with
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
LONGEST_KEY = 9


def chosen_department(request: StaffRequest, departments: QuerySet[Department]) -> Department | None:
    """The one that the address names, else the person's own, else the first."""
    asked = request.GET.get("department", "")[:LONGEST_KEY]
    found = departments.filter(pk=int(asked)).first() if asked.isdecimal() else None
    return (
        found or departments.filter(pk=request.user.department_id or 0).first() or departments.order_by("code").first()
    )


def department_page(request: StaffRequest) -> tuple[Department, dict[str, object]]:
    """The department that a page is about, and what its choice of departments needs; 404 for who reads none."""
    departments = reach(request.user, Permission.REGISTER_READ).select_related("region")
    department = chosen_department(request, departments)
    if department is None:
        raise Http404
    more = departments.order_by("code") if departments.count() > 1 else []
    return department, {"department": department, "departments": more}


@login_required
@require_GET
def link_list(request: StaffRequest) -> HttpResponse:
    """Every item of a department in force: its rule and its number of subjects."""
    department, context = department_page(request)
    rows = items_with_links(department)
    context |= {
        "tab": "links",
        "rows": rows,
        "orphans": orphan_subjects(department.region).count(),
        "empty_items": sum(1 for row in rows if not row.linked),
        "loose": loose_links(department),
        "holds": holds_of(department),
        "may_edit": may(request.user, Permission.REGISTER_EDIT, within=department),
        "any_rule": any(row.rule for row in rows),
    }
    return render(request, "desk/registers/link_list.html", context)


def _item(department: Department, code: str) -> InspectionItem:
    return get_object_or_404(items_in_force(department=department), code=code)


@login_required
@require_http_methods(["GET", "POST"])
def link_rule(request: StaffRequest, pk: int, code: str) -> HttpResponse:
    """The rule of one item, and what applying it would change now."""
    department = get_object_or_404(departments_kept_by(request.user).select_related("region"), pk=pk)
    item, rule = _item(department, code), link_rules_of(department).filter(item_code=code).first()
    form = LinkRuleForm(
        request.POST if request.method == "POST" else None,
        registers=registers_of(department),
        initial=rule_initial(rule),
    )
    if form.is_valid():
        with refusals_in(form):
            actions.set_link_rule(department, code, **form.criteria(), by=request.user, at=timezone.now())
            messages.success(request, _("规则已保存，还没有执行：看过下面的户数，再按规则关联"))
            return redirect("desk:link_rule", pk, code)
    context = {
        "form": form,
        "department": department,
        "item": item,
        "rule": rule,
        "hold": hold_on(department, code),
        "linked": links_of_item(department, code).count(),
        "preview": preview_of(rule) if rule is not None else None,
        "trail": trail_of(rule) if rule is not None else [],
    }
    return render(request, "desk/registers/link_rule.html", context, status=422 if form.errors else 200)


def _rule(request: StaffRequest, pk: int) -> LinkRule:
    kept = LinkRule.objects.filter(department__in=departments_kept_by(request.user))
    return get_object_or_404(kept.select_related("department__region"), pk=pk)


@login_required
@require_POST
def link_apply(request: StaffRequest, pk: int) -> HttpResponse:
    """Link by one rule."""
    applied = actions.apply_rule(_rule(request, pk), by=request.user, at=timezone.now())
    told = {"added": applied.added, "removed": applied.removed, "linked": applied.linked}
    messages.success(request, _("新关联 %(added)d 户，取消 %(removed)d 户，现在共关联 %(linked)d 户") % told)
    return redirect("desk:link_rule", applied.rule.department_id, applied.rule.item_code)


@login_required
@require_POST
def link_apply_all(request: StaffRequest, pk: int) -> HttpResponse:
    """Link by every rule of a department."""
    department = get_object_or_404(departments_kept_by(request.user).select_related("region"), pk=pk)
    applied = actions.apply_rules(department, by=request.user, at=timezone.now())
    told = {
        "rules": len(applied),
        "added": sum(one.added for one in applied),
        "removed": sum(one.removed for one in applied),
    }
    messages.success(request, _("执行 %(rules)d 条规则：新关联 %(added)d 条，取消 %(removed)d 条") % told)
    return redirect("desk:link_list")


@login_required
@require_http_methods(["GET", "POST"])
def link_drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a rule and its links away."""
    rule = _rule(request, pk)
    own = links_of_item(rule.department, rule.item_code)
    if request.method == "POST":
        removed = actions.drop_link_rule(rule, by=request.user, at=timezone.now())
        messages.success(request, _("规则已删除，取消关联 %d 户") % removed)
        return redirect("desk:link_list")
    context = {"rule": rule, "by_rule": own.filter(by_hand=False).count(), "by_hand": own.filter(by_hand=True).count()}
    return render(request, "desk/registers/link_drop.html", context)


@login_required
@require_GET
def link_orphans(request: StaffRequest) -> HttpResponse:
    """The subjects of a department's region that nobody may inspect for anything."""
    department, context = department_page(request)
    seen = subjects_visible_to(request.user).filter(pk__in=orphan_subjects(department.region).values("pk"))
    page = Paginator(seen.select_related("region").order_by("region", "code"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/registers/link_orphans.html", {**context, "tab": "links", "page": page})


@login_required
@require_http_methods(["GET", "POST"])
def link_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Link one subject to one item by hand."""
    subject = get_object_or_404(subjects_visible_to(request.user).select_related("region"), pk=pk)
    items = linkable_items(subject, departments_kept_by(request.user))
    form = LinkForm(request.POST if request.method == "POST" else None, items=items)
    if form.is_valid():
        item = form.cleaned_data["item"]
        with refusals_in(form):
            owner = item.item_list.department
            actions.link_subject(subject, owner, item.code, by=request.user, at=timezone.now())
            return redirect("desk:subject_detail", pk)
    return page_with(request, "link_add", form, row=subject, home="desk:subject_detail")


@login_required
@require_http_methods(["GET", "POST"])
def link_remove(request: StaffRequest, pk: int, link_pk: int) -> HttpResponse:
    """Take one link away, with a reason."""
    subject = get_object_or_404(subjects_visible_to(request.user), pk=pk)
    own = subject.links.filter(department__in=departments_kept_by(request.user)).select_related("department")
    link = own.filter(pk=link_pk).first()
    if link is None:  # a second press, or the way back after the first
        messages.info(request, _("这条关联已经取消。"))
        return redirect("desk:subject_detail", pk)
    form = UnlinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.unlink_subject(link, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
            return redirect("desk:subject_detail", pk)
    return page_with(request, "link_remove", form, row=subject, home="desk:subject_detail", link=link)
