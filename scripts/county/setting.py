"""What every part of the story shares: the clock, the people, the keys."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nacl.public import PrivateKey

from mingcha.domain.organisation.models import Department, Region, User

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass
class Setting:
    """`now` is the moment the county is built; everything happens so many days before or after it."""

    now: datetime
    password: str
    sealing: PrivateKey
    region: Region | None = None
    departments: dict[str, Department] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.astimezone(SHANGHAI).date()

    def at(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """So many days from today at a time of the day in Shanghai; what would lie ahead happens just now."""
        moment = datetime.combine(self.today + timedelta(days=days), time(hour, minute), tzinfo=SHANGHAI)
        return min(moment, self.now)

    def day(self, days: int) -> date:
        """So many days from today."""
        return self.today + timedelta(days=days)

    def handler(self, department: str) -> User:
        return self.users[f"{department}-jingban"]

    def head(self, department: str) -> User:
        return self.users[f"{department}-fuzeren"]
