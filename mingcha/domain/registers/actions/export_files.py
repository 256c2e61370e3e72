"""An exported list on the disk.

It is whole before its row names it; whatever breaks in between leaves a file that nothing names, which the sweep
removes.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.core.files.storage import default_storage

from mingcha.domain.registers.queries.exports import export_files_named

PLACE = "exports/"


def put_away(file: IO[bytes]) -> str:
    """Written under a temporary name, then renamed: what bears the last name is whole."""
    name = f"{PLACE}{uuid4().hex}.xlsx"
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    with partial.open("xb") as kept:
        shutil.copyfileobj(file, kept)
        kept.flush()
        os.fsync(kept.fileno())
    partial.replace(path)
    return name


def sweep(*, older_than: datetime) -> int:
    """Remove the files that no row names and that nobody can be writing still; returns how many."""
    root = Path(default_storage.path(PLACE))
    named = {Path(default_storage.path(name)) for name in export_files_named()}
    forsaken = [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file() and path not in named and path.stat().st_mtime < older_than.timestamp()
    ]
    for path in forsaken:
        path.unlink(missing_ok=True)
    return len(forsaken)
