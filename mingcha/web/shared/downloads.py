"""A kept file on its way out: saved under our name, never opened as anything else."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


def download_of(file: FieldFile, *, name: str, media_type: str) -> FileResponse:
    """The file as an attachment; 404 while it is not in its place."""
    try:
        content = file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
