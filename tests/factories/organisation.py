"""A county with two departments, and the people every access test needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from stdnum.cn import uscc

from mingcha.domain.organisation.models import Department, Grant, Region, Role, User

GUARD = SimpleNamespace(current=None)


@contextmanager
def unguarded() -> Iterator[None]:
    """Write without an action: for factories, and for tests that tamper on purpose."""
    GUARD.current.lifted += 1
    try:
        yield
    finally:
        GUARD.current.lifted -= 1


def code_for(number: int, region: str = "990000", prefix: str = "11") -> str:
    """A valid 统一社会信用代码 in the invented county."""
    body = f"{prefix}{region}{number:09d}"
    return body + uscc.calc_check_digit(body)


def region(code: str = "990000", name: str = "明察示范县") -> Region:
    with unguarded():
        return Region.objects.get_or_create(code=code, defaults={"name": name, "level": "county", "invented": True})[0]


def department(
    code: str = "market", name: str = "市场监督管理局", number: int = 1, place: Region | None = None
) -> Department:
    with unguarded():
        return Department.objects.create(
            code=code,
            uscc=code_for(number),
            name=f"明察示范县{name}",
            short_name=name,
            region=place or region(),
        )


def user(
    username: str, role: str | None = None, *, within: Department | None = None, over: Region | None = None
) -> User:
    """An account with one role, in a department or over a region; its password is its name twice."""
    with unguarded():
        person = User(username=username, full_name=f"示范{username}", department=within)
        person.set_password(username * 2)
        person.save()
        if role is not None:
            Grant.objects.create(user=person, role=role, department=None if over else within, region=over)
        return person


def cast() -> SimpleNamespace:
    """market and fire in the county, everyone who works there, and a stranger from the next county."""
    place = region()
    market, fire = department(), department("fire", "消防救援大队", 2)
    discipline_body = department("discipline", "纪检监察组", 3)
    justice = department("justice", "司法局", 4)
    elsewhere = department("elsewhere", "邻县市场监督管理局", 5, region("980000", "邻县"))
    return SimpleNamespace(
        region=place,
        market=market,
        fire=fire,
        discipline_body=discipline_body,
        justice=justice,
        handler=user("handler", Role.HANDLER, within=market),
        second_handler=user("second", Role.HANDLER, within=market),
        fire_handler=user("firehandler", Role.HANDLER, within=fire),
        approver=user("approver", Role.APPROVER, within=market),
        fire_approver=user("fireapprover", Role.APPROVER, within=fire),
        inspector=user("inspector", Role.INSPECTOR, within=market),
        discipline=user("discipline", Role.DISCIPLINE, within=discipline_body, over=place),
        supervisor=user("supervisor", Role.SUPERVISOR, within=justice, over=place),
        coordinator=user("coordinator", Role.COORDINATOR, within=justice, over=place),
        keeper=user("keeper", Role.SYSTEM_KEEPER, within=justice, over=place),
        auditor=user("auditor", Role.AUDITOR, within=discipline_body, over=place),
        stranger=user("stranger", Role.HANDLER, within=elsewhere),
    )
