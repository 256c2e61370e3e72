"""A throw-away PostgreSQL for the tests: `start` prints its address, `stop` takes it away. Needs no network.

PostgreSQL refuses to run as root, so root starts it as the account that Debian's package made.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PORT = "54329"
CHECKOUT = Path(__file__).resolve().parents[1]
# Each checkout has its own: two of them may be tested side by side. Short, for a socket's name has room for 100 bytes.
HOME = Path("/var/tmp") / f"mingcha-postgres-{hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]}"


def binaries() -> Path:
    """The newest PostgreSQL of the machine, or a sentence that says what is missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if (initdb := shutil.which("initdb")) is not None:
        return Path(initdb).parent
    sys.exit("PostgreSQL is missing: install Debian's package `postgresql`, then run `make test` again")


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, never as root."""
    command = [str(binaries() / program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, stdout=sys.stderr, cwd="/")


def running() -> bool:
    """Is our cluster up?"""
    probe = [str(binaries() / "pg_isready"), "-q", "-h", str(HOME), "-p", PORT]
    return subprocess.run(probe, check=False).returncode == 0


def start() -> None:
    """Make the cluster if there is none, start it, print its address."""
    if not running():
        shutil.rmtree(HOME, ignore_errors=True)
        HOME.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(HOME, "postgres", "postgres")
        run("initdb", "-D", f"{HOME}/cluster", "-U", "mingcha", "--auth=trust", "--locale=C.UTF-8", "--no-sync")
        options = f"-k {HOME} -p {PORT} -c listen_addresses='' -c fsync=off -c max_connections=60"
        run("pg_ctl", "-D", f"{HOME}/cluster", "-l", f"{HOME}/log", "-w", "-o", options, "start")
        run("createdb", "-h", str(HOME), "-p", PORT, "-U", "mingcha", "mingcha")
    print(f"postgresql://mingcha@:{PORT}/mingcha?host={HOME}")


def stop() -> None:
    """Stop the cluster and remove it."""
    if running():
        run("pg_ctl", "-D", f"{HOME}/cluster", "-m", "immediate", "stop")
    shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["start", "stop", "running"])
    {"start": start, "stop": stop, "running": lambda: sys.exit(not running())}[parser.parse_args().act]()
