"""PDFs as answers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def site_of(request: HttpRequest) -> str:
    """The address that a visitor of this site would type, for codes on paper.

    Any port passes the check of the host's name, and each would be another sheet to set: for a stranger only the port
    that we listen on counts, and those of the trusted origins.
    """
    host, colon, port = request.get_host().rpartition(":")
    known = {str(request.META.get("SERVER_PORT", "")), *map(_port, settings.CSRF_TRUSTED_ORIGINS)}
    if colon and port.isdigit() and port not in known and not request.user.is_authenticated:
        return f"{request.scheme}://{host}"
    return request.build_absolute_uri("/").rstrip("/")


def _port(origin: str) -> str:
    return origin.rpartition(":")[2]


def paper(content: bytes, *, name: str) -> HttpResponse:
    """A PDF to keep under a name."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
