"""What a PDF says to whoever reads it."""

from io import BytesIO

import pypdf


def pages_of(content: bytes) -> list[str]:
    """The text of each page without white space: where a line breaks is not what is tested."""
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(content)).pages]


def text_of(content: bytes) -> str:
    """All pages in one."""
    return "".join(pages_of(content))
