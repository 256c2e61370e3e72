"""`make demo REGISTER=file`: an office tries the draw on its own register, and nobody in it is found at fault."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

from demo.firms import COLUMNS, firms
from scripts.county.registers import as_csv

ROOT = Path(__file__).parents[2]
FIRMS = 400


def test_a_register_of_ones_own_is_drawn_from_and_nothing_is_found(tmp_path):
    register = tmp_path / "名录.csv"
    register.write_bytes(as_csv(firms(FIRMS, today=date(2026, 11, 23), seed="own"), COLUMNS))
    database = tmp_path / "own.sqlite3"
    environment = {
        **os.environ,
        "MINGCHA_DATABASE": f"sqlite:///{database}",
        "MINGCHA_DEMO_HOME": str(tmp_path),
        "SERVE": "0",
    }
    command = [sys.executable, "scripts/load_demo.py", "--register", str(register)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    number = json.loads((tmp_path / "access.json").read_text(encoding="utf-8"))["draw"]
    with sqlite3.connect(database) as rows:
        assert rows.execute("SELECT count(*) FROM registers_subject").fetchone() == (FIRMS,)
        assert rows.execute("SELECT state FROM draws_draw WHERE number = ?", [number]).fetchone() == ("SIGNED",)
        assert rows.execute("SELECT count(*) FROM inspections_finding").fetchone() == (0,)
