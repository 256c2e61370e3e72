"""清单同步: fetch a department's list and have it compared. No row of ours is locked while the line is slow."""

import time
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from mingcha.domain.catalogue.actions.reconciliation import note_outside_list_unchanged, receive_outside_list
from mingcha.domain.catalogue.models import OutsideList
from mingcha.domain.catalogue.queries.reconciliation import etag_for, newest_outside_list
from mingcha.domain.organisation.models import Department
from mingcha.exchange.partners.regulation_list.client import Clockwork, Connection, fetch_items
from mingcha.exchange.partners.regulation_list.mapping import Reading, read_items
from mingcha.kit.actors import Acting
from mingcha.kit.digests import canonical_json, sha256_hex
from mingcha.kit.errors import Refused

SHOWN_FAULTS = 5


def connection() -> Connection:
    """What the operator configured."""
    return Connection(
        settings.REGULATION_LIST_ADDRESS, settings.REGULATION_LIST_TOKEN, settings.REGULATION_LIST_TIMEOUT
    )


def clockwork(patience: float) -> Clockwork:
    """Real time."""
    return Clockwork(time.sleep, time.monotonic, patience)


def synchronise(department: Department, *, works: Clockwork, by: Acting, at: datetime) -> OutsideList:
    """The list as the superior system has it now, compared with ours; where nothing is new, the comparison there is."""
    fetched = fetch_items(connection(), department.uscc, etag=etag_for(department), clockwork=works)
    newest = newest_outside_list(department)
    if fetched is None:
        assert newest is not None  # only a list that we have carries a tag
        return note_outside_list_unchanged(newest, by=by, at=at)
    reading = read_items(fetched.items)
    _check_faultless(reading)
    return receive_outside_list(
        department,
        rows=reading.rows,
        source=_("接口同步，上级系统版本 %s") % fetched.edition[:60],
        sha256=sha256_hex(canonical_json({"items": fetched.items})),
        etag=fetched.etag,
        by=by,
        at=at,
    )


def _check_faultless(reading: Reading) -> None:
    """Refuse the whole answer and say what the superior system has to mend."""
    if reading.faults:
        shown = "；".join(
            _("第 %(line)d 项“%(column)s”%(reason)s") % vars(fault) for fault in reading.faults[:SHOWN_FAULTS]
        )
        raise Refused(
            _("上级系统的清单有 %(count)d 处不合约定，没有接收：%(shown)s")
            % {"count": reading.fault_count, "shown": shown}
        )
