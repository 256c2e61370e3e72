"""A program: the parts of one register are filled and emptied at once, on real connections, in a database of its own.

As tests/domain/together.py; started by test_filling_together.py. Prints as JSON what became of it.
"""

import json
import time
from types import SimpleNamespace

import django

django.setup()


from mingcha.domain.registers import actions  # noqa: E402
from mingcha.domain.registers.actions import registers as filling  # noqa: E402
from mingcha.domain.registers.models import Register, RegisterEntry, RegisterMove, Subject  # noqa: E402
from tests.domain.together import NOON, at_once  # noqa: E402
from tests.factories import organisation  # noqa: E402
from tests.factories import registers as make  # noqa: E402

FIRMS = 30
A_MOMENT = 0.3  # between what is told and what is entered, so that the others come in between


def opened(cast: SimpleNamespace, name: str, kind: str, parent: Register | None = None) -> Register:
    return actions.open_register(cast.market, kind=kind, name=name, parent=parent, by=cast.handler, at=NOON)


def counted(whole: Register) -> dict[str, int]:
    moves = RegisterMove.objects.filter(name=whole.name)
    return {
        "entries": RegisterEntry.objects.filter(register=whole).count(),
        "came": moves.filter(is_entry=True).count(),
        "left": moves.filter(is_entry=False).count(),
    }


def main() -> None:
    organisation.GUARD.current = SimpleNamespace(lifted=0)
    cast = organisation.cast()
    codes = [firm.code for firm in make.subjects(FIRMS)]
    whole = opened(cast, "食品库", "DEPARTMENT")
    parts = [opened(cast, f"小餐饮{number}", "SUB", whole) for number in (1, 2)]
    insert = filling.insert_selected

    def slowly(*args: object, **options: object) -> int:
        time.sleep(A_MOMENT)
        return insert(*args, **options)  # type: ignore[arg-type]  # whatever it was called with

    filling.insert_selected = slowly
    fill = lambda part: lambda: actions.fill_register(part, Subject.objects.all(), by=cast.handler, at=NOON)  # noqa: E731 — pressed below
    empty = lambda row: lambda: actions.remove_subjects(row, codes, by=cast.handler, at=NOON)  # noqa: E731 — pressed below
    told = {"filling": at_once(*map(fill, parts)), "filled": counted(whole)}
    told |= {"emptying": at_once(*map(empty, (whole, *parts, whole))), "emptied": counted(whole)}
    told |= {"parts": [counted(part) for part in parts]}
    told |= {"crossing": at_once(fill(parts[0]), empty(whole), fill(parts[1]), empty(parts[0]))}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
