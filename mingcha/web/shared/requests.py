"""What no page of ours sends is answered before a view or the database meets it; what staff see stays unkept."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mingcha.web.shared.errors import not_found

Handler = Callable[[HttpRequest], HttpResponse]

LONGEST_QUERY = 4000  # ten times what our longest search makes; below the digits that Python turns into a number
NUL = "\x00"  # PostgreSQL keeps it in no text, SQLite keeps it and shows half a name


class AddressMiddleware:
    """An address or a form with a NUL, or an address of a length that no link has, is refused in words."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        too_long = len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY
        if too_long or NUL in request.path or holds_nul(request.GET):
            return not_found(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """The form is read here and not earlier, after the check that it came from one of our pages."""
        if request.method != "POST" or not holds_nul(request.POST):
            return None
        reason = _("填写的内容里有无法保存的字符（空字符），什么都没有保存。返回上一页，删掉后再提交。")
        return render(request, "shared/refused.html", {"reason": reason}, status=400)


def holds_nul(given: QueryDict) -> bool:
    """In a name or in a value."""
    return any(NUL in text for name, values in given.lists() for text in (name, *values))


class HeadMiddleware:
    """HEAD is answered as GET is, without the body. No view hears of it: one that takes whatever is not GET for a form
    would act, and Django checks no form's origin on HEAD.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        answer = self.get_response(request)
        request.method = "HEAD"
        return _head_of(answer)


def _head_of(answer: HttpResponse | StreamingHttpResponse) -> HttpResponse | StreamingHttpResponse:
    """The status and the headers, the length of the body that GET would bring among them."""
    if isinstance(answer, StreamingHttpResponse):
        answer.streaming_content = ()
        return answer
    answer.headers.setdefault("Content-Length", str(len(answer.content)))
    answer.content = b""
    return answer


class PersonalPagesMiddleware:
    """What a signed-in person or a seated witness was shown is not kept by the browser or by a proxy on the way.

    The machines at a service counter are shared: after signing out, the back button must not show the page again.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        personal = request.user.is_authenticated or request.path.startswith("/w/")
        if personal and not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-store"
        return answer
