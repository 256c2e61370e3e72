"""What is generated is fresh; what must not be in the repository is not."""

import re
import subprocess
import sys
from pathlib import Path

from mingcha.web.shared.events import WORDS

ROOT = Path(__file__).resolve().parents[2]


def committed() -> list[Path]:
    """Files that git knows, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_the_state_diagrams_are_fresh():
    subprocess.run([sys.executable, "scripts/draw_workflows.py", "--check"], cwd=ROOT, check=True)


def test_every_event_of_the_trail_has_a_chinese_word():
    pattern = re.compile(r"record\(\s*\"([a-z_]+\.[a-z_]+)\"")
    events = {
        event
        for path in (ROOT / "mingcha" / "domain").rglob("*.py")
        for event in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert events - set(WORDS) == set()


def test_nothing_third_party_is_committed():
    names = {"tabler.min.css", "htmx.min.js", "nacl-fast.min.js", "nacl.min.js"}
    fonts = {".woff", ".woff2", ".ttf", ".otf", ".ttc"}
    assert [str(p) for p in committed() if p.name in names or p.suffix in fonts] == []


def test_no_path_of_a_machine_is_committed():
    pattern = re.compile(r"/(?:work/(?:main|shared)|root/|home/[a-z]+/)")
    found = []
    for path in committed():
        if path.suffix in {".py", ".md", ".toml", ".html", ".js", ".json", ".txt", ".css", ".yml", ""}:
            text = path.read_text(encoding="utf-8", errors="ignore")
            if path != Path(__file__) and pattern.search(text):
                found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_every_dependency_says_why():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[tool.ruff]")]
    lines = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert len(lines) > 10
    assert [line for line in lines if "#" not in line] == []
