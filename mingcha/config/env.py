"""What differs between machines, read from the environment (prefix MINGCHA_) or from var/env."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


class Environment(BaseSettings):
    """One field a variable; the defaults are those of the embedded product on loopback."""

    model_config = SettingsConfigDict(env_prefix="MINGCHA_", env_file=ROOT / "var" / "env", extra="ignore")

    secret_key: str
    debug: bool = False
    allowed_hosts: list[str] = ["127.0.0.1", "localhost", "[::1]"]
    trusted_origins: list[str] = []
    database: str = f"sqlite:///{ROOT / 'var' / 'mingcha.sqlite3'}"
    media_root: Path = ROOT / "var" / "media"
    https: bool = False
    # How many proxies of the office stand before us; 0 takes the peer's own address for the login lock-out.
    proxies: int = 0
    # The superior system's list (docs/contracts/regulation-list.md); without an address nothing is ever fetched.
    regulation_list_address: str = ""
    regulation_list_token: str = ""
    regulation_list_timeout: float = 10.0
    # The outlets that have an interface (docs/contracts/publication-outlet.md); without a file, people put lists up.
    outlets_file: Path | None = None


def database_from(address: str) -> dict[str, object]:
    """Django's settings for `sqlite:///path` or `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path) if parts.path != "/:memory:" else ":memory:",
            "OPTIONS": {
                # The write lock is taken at BEGIN: that is what select_for_update is on PostgreSQL.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("MINGCHA_DATABASE must begin with sqlite:// or postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        # Compiling a plan costs more than any list here takes (ADR 0018).
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, "options": "-c jit=off"},
    }
