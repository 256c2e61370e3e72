"""A table on its way out as a file: named in Chinese, never opened as anything else."""

from urllib.parse import quote

from django.http import HttpResponse

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_answer(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """The file as an attachment."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
