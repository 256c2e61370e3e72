"""Say in words when the machine's Python is too old or lacks venv; runs before anything is installed."""

import importlib.util
import sys

if sys.version_info < (3, 11):  # noqa: UP036 — this file runs on whatever Python the machine has
    sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11 …")
if importlib.util.find_spec("ensurepip") is None:
    sys.exit("Python's venv is missing: apt-get install python3-venv, then run make again.")
