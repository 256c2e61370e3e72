"""What holds after every act of every ceremony: asked of the database, not of the code that wrote it."""

from collections import Counter
from hashlib import sha256

from django.apps import apps

import fairdraw
from mingcha.domain.audit.models import Entry
from mingcha.domain.draws.models import DiceEntry, Draw, DrawnInspector, DrawnSubject, Outcome
from mingcha.domain.draws.states import WORKFLOW, DrawState
from mingcha.domain.plans.models import Campaign

S = DrawState
AFTER_DICE = {S.DICE, S.OPENED, S.RESULT, S.SIGNED, S.IN_FORCE, S.VOIDED}
WITH_RESULT = {S.RESULT, S.SIGNED, S.IN_FORCE}
# The last witness's opening goes on to the system's own and to the result, in one act.
IN_ONE_ACT = {(S.DICE, S.RESULT)}
NEVER_CHANGE = (
    *("number", "campaign_id", "is_rehearsal", "rules_digest", "system_commitment", "freeze_digest", "dice"),
    *("public_value", "system_secret", "seed", "key", "result_sha256", "result_at", "abort_reason", "void_reason"),
    *("frozen_at", "dice_at", "aborted_at", "voided_at", "in_force_at"),
)
NEVER_CHANGE_IN_A_SEAT = ("party", "name", "unit", "capacity", "token", "commitment", "sealed_copy", "secret")
LEAST_WITNESSES = 2


def everything() -> str:
    """One digest of every table of the draws, of the campaigns, and of how many traces there are."""
    tables = [*apps.get_app_config("draws").get_models(), Campaign]
    rows = [
        [bytes(value) if isinstance(value, memoryview) else value for value in row]
        for table in tables
        for row in table._default_manager.order_by("pk").values_list()
    ]
    return sha256(repr((rows, Entry.objects.count())).encode()).hexdigest()


class Ledger:
    """Remembers what every draw has been, and says when it should not be what it is."""

    def __init__(self) -> None:
        self._states: dict[int, str] = {}
        self._said: dict[tuple[str, int, str], object] = {}
        self._verified: set[int] = set()

    def check(self) -> None:
        draws = list(Draw.objects.order_by("pk"))
        for draw in draws:
            self._moved_forward(draw)
            self._kept_its_word("draw", draw, NEVER_CHANGE)
            seats = list(draw.seats.all())
            for seat in seats:
                self._kept_its_word("seat", seat, NEVER_CHANGE_IN_A_SEAT)
            check_phase(draw, seats)
            if draw.state in WITH_RESULT and draw.pk not in self._verified:
                check_result(draw)
                self._verified.add(draw.pk)
        check_campaigns(draws)
        check_numbers(draws)

    def _moved_forward(self, draw: Draw) -> None:
        old, new = self._states.get(draw.pk, S.SEATS), DrawState(draw.state)
        assert old == new or (old, new) in IN_ONE_ACT or new in WORKFLOW.moves.get(old, ()), f"{old} → {new}"
        self._states[draw.pk] = new

    def _kept_its_word(self, kind: str, row: Draw, columns: tuple[str, ...]) -> None:
        for column in columns:
            now, place = getattr(row, column), (kind, row.pk, column)
            if place in self._said:
                assert now == self._said[place], f"{column} of {row} changed"
            elif now not in ("", None):
                self._said[place] = now


def check_phase(draw: Draw, seats: list) -> None:
    """No dice before everyone is bound and the copies are tried, no result before the last opening, no late abort."""
    files = Counter(draw.files.values_list("name", flat=True))
    has_result = bool(draw.result_sha256)
    assert max(files.values(), default=1) == 1
    assert files["result.tsv"] == files["ceremony.json"] == (1 if has_result else 0)
    assert has_result == draw.subjects.exists()
    assert has_result or draw.state not in WITH_RESULT
    assert not has_result or draw.state in {*WITH_RESULT, S.VOIDED}
    assert bool(draw.dice) == (draw.state in AFTER_DICE)
    assert bool(draw.rules_digest) == bool(files["rules.json"])
    if draw.freeze_digest:
        commitments = {"system": draw.system_commitment} | {seat.party: seat.commitment for seat in seats}
        assert len(seats) >= LEAST_WITNESSES
        assert fairdraw.freeze_digest(draw.number, draw.rules_digest, commitments) == draw.freeze_digest
    if draw.dice:
        typed = DiceEntry.objects.filter(draw=draw, digits=draw.dice, public_value=draw.public_value)
        assert typed.values("typed_by").distinct().count() == 2
        assert draw.freeze_digest
        assert draw.copies_checked_at
    else:
        assert not any(seat.secret for seat in seats)
    if has_result or draw.system_secret:
        assert all(seat.secret for seat in seats)
        assert draw.system_secret
    if draw.state in {S.SIGNED, S.IN_FORCE}:
        agreed = draw.signatures.filter(outcome=Outcome.SIGNED).values_list("seat", flat=True)
        assert set(draw.signatories) <= set(agreed)
    if draw.state == S.IN_FORCE:
        assert not draw.is_rehearsal


def check_result(draw: Draw) -> None:
    """The stored result is what anybody computes from the stored files, and the rows are its lines."""
    files = {file.name: bytes(file.content) for file in draw.files.all()}
    assert fairdraw.digest_of(files["rules.json"]) == draw.rules_digest
    result = fairdraw.result_of(fairdraw.check_files(files), files["ceremony.json"])
    assert result == files["result.tsv"]
    assert fairdraw.digest_of(result) == draw.result_sha256
    lines = Counter(line.split(b"\t")[0] for line in result.splitlines())
    assert DrawnSubject.objects.filter(draw=draw).count() == lines[b"object"]
    assert DrawnInspector.objects.filter(drawn__draw=draw).count() == lines[b"assign"]


def check_campaigns(draws: list[Draw]) -> None:
    """One live draw a campaign, and it is drawn exactly when that one has a result."""
    for campaign in Campaign.objects.filter(pk__in={draw.campaign_id for draw in draws}):
        real = [draw for draw in draws if draw.campaign_id == campaign.pk and not draw.is_rehearsal]
        live = [draw for draw in real if draw.state not in {S.ABORTED, S.VOIDED}]
        assert len(live) <= 1
        assert campaign.state == ("DRAWN" if any(draw.state in WITH_RESULT for draw in live) else "APPROVED")


def check_numbers(draws: list[Draw]) -> None:
    """Numbers have no gaps, whatever became of the draws; rehearsals count for themselves."""
    for rehearsal in (False, True):
        numbers = [int(draw.number[-3:]) for draw in draws if draw.is_rehearsal == rehearsal]
        assert numbers == list(range(1, len(numbers) + 1))
