"""The embedded product: the site on loopback and the worker beside it. Ctrl-C ends both."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

LARGEST_UPLOAD = 2_200_000_000  # a recording of a whole ceremony
PAUSE = 3.0  # seconds before a worker that died is started anew
ROOT = Path(__file__).resolve().parents[1]
WORKER = (sys.executable, "-m", "mingcha.config.worker")


class Keeper:
    """Keeps the worker running: without it imports, clocks and publication would stand still and no page would say so.

    What a worker was at when it died is taken up again by the next one; nothing half written is left behind.
    """

    def __init__(self, command: Sequence[str] = WORKER, *, pause: float = PAUSE) -> None:
        self._command, self._pause = command, pause
        self._over = threading.Event()
        self.worker = self._start()
        self._watch = threading.Thread(target=self._keep, daemon=True)
        self._watch.start()

    def end(self) -> None:
        """End the worker and start no other."""
        self._over.set()
        self.worker.terminate()
        self._watch.join(timeout=20)

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self._command, cwd=ROOT)

    def _keep(self) -> None:
        while True:
            code = self.worker.wait()
            if self._over.wait(self._pause) or not self._started_anew(code):
                return
            if self._over.is_set():  # ended while it was being started
                self.worker.terminate()

    def _started_anew(self, code: int) -> bool:
        """Until it is running: a machine that is out of memory or processes for a moment may have some in the next."""
        while True:
            try:
                self.worker = self._start()
            except Exception as fault:  # whatever it is, a watch that dies of it would never start a worker again
                tell(f"后台程序意外结束（{code}），没有启动起来（{fault}），{self._pause:g} 秒后再试。")
            else:
                tell(f"后台程序意外结束（{code}），已重新启动。")
                return True
            if self._over.wait(self._pause):
                return False


def tell(words: str) -> None:
    """Say it to whoever runs the site; a terminal that is gone must not end the watch."""
    with suppress(OSError, ValueError):
        print(words, file=sys.stderr, flush=True)


def main() -> None:
    """Serve until interrupted; the worker ends with us."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingcha.config.settings")
    from waitress import serve

    from mingcha.config.wsgi import application

    port = int(os.environ.get("PORT", "8000"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # told to stop, not only Ctrl-C: the worker must not stay
    keeper = Keeper()
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
        keeper.end()


if __name__ == "__main__":
    main()
