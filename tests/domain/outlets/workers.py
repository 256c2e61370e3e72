"""A program: two workers at once, on real connections, in a database of its own; see tests/domain/together.py for why.

Started by test_workers.py; prints what became of each as JSON.
"""

import json
import threading
import time
from types import SimpleNamespace

import django

django.setup()

from django.db import connection  # noqa: E402

from mingcha.domain.outlets import jobs  # noqa: E402
from mingcha.domain.outlets.actions import begin_try  # noqa: E402
from mingcha.domain.outlets.models import Delivery  # noqa: E402
from mingcha.kit.action import action  # noqa: E402
from mingcha.kit.actors import SYSTEM  # noqa: E402
from tests.conftest import NOON  # noqa: E402
from tests.domain.together import at_once  # noqa: E402
from tests.factories import organisation, policy  # noqa: E402
from tests.factories import outlets as make  # noqa: E402

HELD = 1.0


@action
def taken_and_held(delivery: Delivery, is_taken: threading.Event) -> None:
    """The transaction of a slow worker."""
    begin_try(delivery, by=SYSTEM, at=NOON)
    is_taken.set()
    time.sleep(HELD)


def taken_later(delivery: Delivery, is_taken: threading.Event, took: list[float]) -> None:
    """The other worker comes while the first one holds the row."""
    is_taken.wait()
    began = time.monotonic()
    try:
        begin_try(delivery, by=SYSTEM, at=NOON)
    finally:
        took.append(time.monotonic() - began)


def overtaking(cast: SimpleNamespace, delivery: Delivery) -> list[str]:
    """One prepares the next edition for all outlets while the other takes the old one: nobody waits for ever."""
    make.second_edition(cast, cast.market.itemlist_set.get())
    other = Delivery.objects.get(outlet="LOCAL_CREDIT")
    return at_once(lambda: jobs.prepare_new_editions(NOON), lambda: begin_try(other, by=SYSTEM, at=NOON))


def main() -> None:
    organisation.GUARD.current = SimpleNamespace(lifted=0)
    cast = organisation.cast()
    policy.demo_profile()
    delivery = make.prepared(cast)
    took: list[float] = []
    is_taken = threading.Event()
    became = at_once(lambda: taken_and_held(delivery, is_taken), lambda: taken_later(delivery, is_taken, took))
    told = {
        "became": became,
        "tries": Delivery.objects.get(pk=delivery.pk).tries,
        "waited": took[0] > HELD / 2,
        "has_skip": connection.features.has_select_for_update_skip_locked,
        "overtaking": overtaking(cast, delivery)[-1],
        "waiting": sorted(row.content["edition"] for row in Delivery.objects.filter(state="WAITING")),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
