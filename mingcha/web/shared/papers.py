"""PDFs as answers."""

from django.http import HttpRequest, HttpResponse


def site_of(request: HttpRequest) -> str:
    """The address that a visitor of this site would type, for codes on paper."""
    return request.build_absolute_uri("/").rstrip("/")


def paper(content: bytes, *, name: str) -> HttpResponse:
    """A PDF to keep under a name."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
