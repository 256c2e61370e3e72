"""Pages for what went wrong before or beside a view."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    told = {"reason": _("这个账号没有看这一页的权限；需要时由系统管理员授权。"), "heading": _("这一页不能看")}
    return render(request, "shared/refused.html", told, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; the same words whether a row does not exist or is not for this person."""
    reason = _("没有这一页，或者它不在您的查看范围内。核对网址，或从首页重新进入。")
    return render(request, "shared/refused.html", {"reason": reason, "heading": _("没有这一页")}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, without anything that could fail again."""
    return render(request, "shared/broken.html", status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was left open too long, or came from elsewhere."""
    text = _("这张表单已过期，什么都没有保存。返回上一页，刷新后再提交。")
    return render(request, "shared/refused.html", {"reason": text}, status=403)
