"""What the tests need beside Python: a database, a browser, fonts, Node, Java. Installed where we may, else named."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def missing() -> list[str]:
    """Debian packages that the machine lacks."""
    wanted = []
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and shutil.which("initdb") is None:
        wanted.append("postgresql")
    if shutil.which("chromium") is None:
        wanted.append("chromium")
    fonts = (
        subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False) if shutil.which("fc-list") else None
    )
    if fonts is None or not fonts.stdout:
        wanted += ["fontconfig", "fonts-noto-cjk"]
    if shutil.which("node") is None:
        wanted.append("nodejs")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        wanted.append("default-jre-headless")  # for Spark
    return wanted


def main() -> int:
    """Install with apt as root; otherwise say what to install, and fail: a test without its program is no pass."""
    wanted = missing()
    if not wanted:
        return 0
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"the tests need: {' '.join(wanted)}. Install them (apt-get install {' '.join(wanted)}), then try again.")
        return 1
    print("installing", *wanted)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", *wanted]):
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    still = missing()
    if still:
        print("still missing after the installation:", *still)
    return 1 if still else 0


if __name__ == "__main__":
    sys.exit(main())
