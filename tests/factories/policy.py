"""The county's rules and calendar, adopted as its coordinator would."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mingcha.domain.policy.actions import adopt_profile, load_calendar
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.rules import Clause
from mingcha.kit.actors import SYSTEM
from tests.factories import organisation as make

PROFILES = Path(__file__).parents[2] / "mingcha" / "domain" / "policy" / "profiles"
ALL = ("banan-2015", "bazhong-2017", "chenzhou-2018", "demo-county", "taian-2019", "yudu-2020")
FIVE = tuple(code for code in ALL if code != "demo-county")
NEW_YEAR = datetime(2024, 1, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def profile_text(code: str = "demo-county") -> str:
    return (PROFILES / f"{code}.toml").read_text(encoding="utf-8")


def demo_profile(at: datetime = NEW_YEAR) -> Profile:
    """The rules of the invented county (region 990000), in force since 2024-01-01."""
    make.region()
    return adopt_profile(profile_text(), by=SYSTEM, at=at)


def calendar(at: datetime = NEW_YEAR) -> None:
    """Holidays and worked weekends of 2015 to 2026."""
    load_calendar(by=SYSTEM, at=at)


def clause(key: str = "entry_hours", value: object = 48, unit: str = "hours", **changes: object) -> Clause:
    """A clause outside any profile, for rules that take one."""
    given = {
        "key": key,
        "value": value,
        "unit": unit,
        "source": "法府建办字〔2020〕1号",
        "clause": "二（三）1",
        "kind": "local",
        "quote": "在每个监管对象检查结束后48小时内将检查情况录入平台",
    }
    return Clause.model_validate({**given, **changes})
