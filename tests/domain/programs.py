"""Programs in which people press at once, on real connections: each runs by itself, in a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180  # seconds, on a busy machine


def told_by(program: str, *, address: str) -> str:
    """What a program of the tests prints; it fails with the end of what it complained of."""
    answer = subprocess.run(
        [sys.executable, "-m", program],
        env={**os.environ, "MINGCHA_DATABASE": address},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    return answer.stdout
