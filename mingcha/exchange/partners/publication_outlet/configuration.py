"""Which outlets have an interface, as the operator wrote it down (docs/contracts/publication-outlet.md).

The file says where an outlet answers and where its token lies; the token itself stands in the environment or in a file
of its own and is read when something is sent. An outlet that the file does not name is put up by hand.
"""

import os
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from mingcha.domain.organisation.models import Region
from mingcha.domain.policy.rules import word_of
from mingcha.kit.errors import Refused

ALL = "000000"


@dataclass(frozen=True)
class Outlet:
    """A place where lists are published: what people call it, and whether it has an interface."""

    code: str
    name: str
    address: str = ""
    timeout: float = 10.0

    @property
    def has_interface(self) -> bool:
        return bool(self.address)

    @property
    def host(self) -> str:
        """What a person may know of the interface."""
        return urlsplit(self.address).hostname or ""


class _Written(BaseModel):
    """One `[[outlet]]` of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[A-Z_]{1,20}$")
    region: str = Field(default=ALL, pattern=r"^\d{6}$")
    name: str = Field(default="", max_length=60)
    address: str = ""
    token_variable: str = ""
    token_file: Path | None = None
    timeout: float = Field(default=10.0, gt=0, le=60)

    @model_validator(mode="after")
    def _token_follows_address(self) -> Self:
        if word_of(self.code) == self.code:
            raise ValueError(f"{self.code}: no outlet that rules can name")
        named = bool(self.token_variable) + bool(self.token_file)
        if named != bool(self.address):
            raise ValueError(f"{self.code}: an address and one of token_variable, token_file belong together")
        return self


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    outlet: tuple[_Written, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        places = [(written.region, written.code) for written in self.outlet]
        if len(set(places)) != len(places):
            raise ValueError("an outlet is written down twice for one region")
        return self


def outlet_for(code: str, region: Region) -> Outlet:
    """An outlet as it is for a place: the county's own line in the file, else that of its city, province, or of all."""
    written = _written_for(code, region)
    if written is None:
        return Outlet(code, word_of(code))
    return Outlet(code, written.name or word_of(code), written.address, written.timeout)


def outlet_named(code: str, region: Region) -> Outlet:
    """The same for a page that has to show something even while the file has a fault."""
    try:
        return outlet_for(code, region)
    except Refused:
        return Outlet(code, word_of(code))


def token_of(code: str, region: Region) -> str:
    """The secret, read now; the sentence that refuses names the place where it should lie, never what lies there."""
    written = _written_for(code, region)
    if written is None:
        return ""
    if written.token_file is None:
        return os.environ.get(written.token_variable, "").strip()
    try:
        return written.token_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(_("读不到公示渠道令牌所在的文件，由运维人员核对配置里的 token_file")) from fault


def fault_of_configuration() -> str:
    """What is wrong with the file, for people; empty when nothing is."""
    try:
        _outlets()
    except Refused as refusal:
        return refusal.reason
    return ""


def _written_for(code: str, region: Region) -> _Written | None:
    around = (region.code, region.code[:4] + "00", region.code[:2] + "0000", ALL)
    outlets = {(written.region, written.code): written for written in _outlets()}
    return next((outlets[place, code] for place in around if (place, code) in outlets), None)


def _outlets() -> tuple[_Written, ...]:
    path: Path | None = settings.OUTLETS_FILE
    if path is None:
        return ()
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as fault:
        raise Refused(_("读不到公示渠道配置文件（MINGCHA_OUTLETS_FILE），由运维人员核对路径和权限")) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Refused(_("公示渠道配置文件不是完整的 TOML，由运维人员改正")) from fault
    except ValidationError as fault:
        place = ".".join(str(part) for part in fault.errors()[0]["loc"]) or "outlet"
        raise Refused(_("公示渠道配置文件的 %s 不对，由运维人员照接口约定改正") % place) from fault


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> tuple[_Written, ...]:
    """Read again only when the file has changed."""
    return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).outlet
