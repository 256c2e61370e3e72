"""The embedded product: the site on loopback and the worker beside it. Ctrl-C ends both."""

import os
import subprocess
import sys
from pathlib import Path

LARGEST_UPLOAD = 2_200_000_000  # a recording of a whole ceremony
ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Serve until interrupted; the worker ends with us."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.config.settings")
    from waitress import serve

    from mingcha.config.wsgi import application

    port = int(os.environ.get("PORT", "8000"))
    worker = subprocess.Popen([sys.executable, "-m", "mingcha.config.worker"], cwd=ROOT)
    try:
        serve(
            application,
            host="127.0.0.1",
            port=port,
            threads=8,
            ident="mingcha",
            max_request_body_size=LARGEST_UPLOAD,
        )
    finally:
        worker.terminate()
        worker.wait(timeout=20)


if __name__ == "__main__":
    main()
