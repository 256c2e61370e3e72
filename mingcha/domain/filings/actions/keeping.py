"""A sealed paper on its way in.

The file is on the disk before its row names it; whatever breaks in between leaves a file that nothing names, which
jobs.sweep_scans removes.
"""

import os
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.core.files.storage import default_storage

from mingcha.domain.filings.queries import scans_named
from mingcha.domain.filings.rules import ScanFile, ScanForm

PLACE = "filings/"


def kept(scan: ScanFile, form: ScanForm) -> str:
    """Byte for byte as it was sent, under a name of ours; a row must never outlive its file through a power failure."""
    name = f"{PLACE}{uuid4().hex}{form.ending}"
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(scan.content)
        file.flush()
        os.fsync(file.fileno())
    return name


def sweep(*, older_than: datetime) -> int:
    """Remove the files that no row names and that no upload can still be about; returns how many."""
    folder = Path(default_storage.path(PLACE))
    named = scans_named()
    forsaken = [
        path
        for path in (sorted(folder.iterdir()) if folder.is_dir() else [])
        if PLACE + path.name not in named and path.stat().st_mtime < older_than.timestamp()
    ]
    for path in forsaken:
        path.unlink(missing_ok=True)
    return len(forsaken)
