"""Everything except chance is fixed, and the system binds itself first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from secrets import token_bytes, token_hex

from django.conf import settings
from django.utils import timezone

import fairdraw
from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.queries.laws import freezes_barring
from mingcha.domain.catalogue.rules.laws import check_not_frozen
from mingcha.domain.draws import queries, rules
from mingcha.domain.draws.models import Draw, FrozenFile
from mingcha.domain.draws.rules.sealing import KEY_BYTES, NONCE_BYTES
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans.queries import confirmation_clause, confirmations_needed
from mingcha.domain.policy.queries import profile_for
from mingcha.domain.policy.rules import clause_of
from mingcha.domain.registers.actions import hold_links
from mingcha.domain.registers.rules import check_confirmed
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@dataclass(frozen=True)
class Prepared:
    """What a freeze at this moment would fix; nothing is written yet."""

    files: dict[str, bytes]
    rules_digest: str
    forecast: rules.Forecast
    short: list[str]
    body: Department
    signatories: list[str]


def prepare(draw: Draw, *, on: date) -> Prepared:
    """The files and the report for a freeze on this day; refused when the ceremony could not be finished."""
    department = draw.department
    seats = list(draw.seats.all())
    rules.check_witnesses(seats)
    body = queries.discipline_body_for(department)
    rules.check_sealable(body)
    assert body is not None
    if not draw.is_rehearsal:
        items = draw.campaign.items.select_related("item__item_list")
        check_not_frozen(freezes_barring([chosen.item for chosen in items]))
        _check_registers(draw, on=on)
        _check_secrets(draw, on=on)
    files, inputs, sources = compose(draw, [seat.party for seat in seats], on=on)
    short = rules.shortages(inputs, names={needed.code: needed.short_name for needed in sources.needs})
    return Prepared(
        files=files,
        rules_digest=inputs.rules_digest,
        forecast=rules.forecast_of(
            inputs, register_total=sources.register_total, short=short, sentences=sources.sentences
        ),
        short=short,
        body=body,
        signatories=_signatories(department, on=on),
    )


def _check_registers(draw: Draw, *, on: date) -> None:
    """两库更新确认 by their owners, where the rules ask for it."""
    clause = confirmation_clause(draw.campaign, on=on)
    check_confirmed(confirmations_needed(draw.campaign, on=on), basis=clause.citation if clause is not None else "")


def _check_secrets(draw: Draw, *, on: date) -> None:
    """A supplementary draw excludes whom the draws before it took, by name."""
    now = timezone.make_aware(datetime.combine(on, time.min))
    before = queries.sealed_before(draw.campaign, now=now).exclude(campaign=draw.campaign)
    ended = {one.pk for one in before if one.is_in_force or one.is_voided}
    sealed = [(one.number, queries.opening_day_of(one.campaign) if one.pk in ended else None) for one in before]
    rules.check_tells_no_earlier(queries.opening_day_of(draw.campaign) or on, sealed=sealed)


def _signatories(department: Department, *, on: date) -> list[str]:
    clause = clause_of(profile_for(department.region, on=on), "draw_signatories")
    return [seat.lower() for seat in clause.codes]


def compose(
    draw: Draw, witnesses: Sequence[str], *, on: date
) -> tuple[dict[str, bytes], fairdraw.Inputs, queries.Sources]:
    """The five files as the registers give them on this day, read and checked, and what they were made of."""
    campaign = draw.campaign
    sources = queries.invented_sources(campaign) if draw.is_rehearsal else queries.sources_for(campaign, on=on)
    rules.check_drawable_frame(len(sources.frame))
    rules.check_certified(sources.staff)
    rules.check_teams(campaign.teams, staff=sources.staff, needs=sources.needs)
    tables = rules.tables_of(
        [rules.FrameEntry(*entry) for entry in sources.frame],
        excluded=sources.excluded,
        roster=[
            rules.RosterEntry(p.code, p.department.code, p.areas, p.skills, sources.prior.get(p.code, 0))
            for p in sources.roster
        ],
        barred=sources.barred,
        places=sources.places,
    )
    text = rules.rules_file(
        draw.number,
        title=campaign.title,
        witnesses=witnesses,
        strata={size.stratum.code: (size.take, size.reserve) for size in sources.sizes},
        roles={department.code: need for department, need in sources.needs.items()},
        slack=campaign.slack,
        public_words=draw.public_words,
        tables=tables,
        teams=campaign.teams,
    )
    files = {**tables, "rules.json": text}
    with rules.in_our_words():
        inputs = fairdraw.check_files(files)
        fairdraw.check_freezable(inputs)
    return files, inputs, sources


def _system_secret() -> str:
    return token_hex(32)


@action
def freeze(
    draw: Draw,
    *,
    by: User,
    at: datetime,
    unstaffed_reason: str = "",
    secret: Callable[[], str] = _system_secret,
    chance: Callable[[int], bytes] = token_bytes,
) -> Draw:
    """Fix the files and make the system's secret; places nobody can fill are for the head alone to accept.

    `secret` and `chance` (nonces and the key of one message) come in so that a test can fix them.
    """
    unstaffed_reason = rules.plain_line(unstaffed_reason)
    need = Permission.DRAW_SIGN_AGENCY if unstaffed_reason else Permission.DRAW_RUN
    require(by, need, within=draw.department)
    draw = locked(draw)
    draw.move_to(DrawState.FROZEN)
    if not draw.is_rehearsal:
        _hold_links(draw, by=by, at=at)
    prepared = prepare(draw, on=timezone.localdate(at))
    if not draw.is_rehearsal:
        rules.check_announced(queries.announcement_of(draw), at=at)
    rules.check_staffed(prepared.short, reason=unstaffed_reason)
    draw.frozen_at, draw.rules_digest, draw.forecast = at, prepared.rules_digest, prepared.forecast
    draw.unstaffed_reason = unstaffed_reason if prepared.short else ""
    draw.sealed_to, draw.sealing_key = prepared.body, prepared.body.sealing_key
    draw.signatories = prepared.signatories
    _bind(draw, secret=secret(), chance=chance)
    draw.save()
    _keep(draw, prepared.files)
    details = {"rules_digest": draw.rules_digest, "system_commitment": draw.system_commitment}
    record("draw.frozen", draw, by=by, at=at, details={**details, "unstaffed_reason": draw.unstaffed_reason})
    return draw


def _hold_links(draw: Draw, *, by: User, at: datetime) -> None:
    """Before the frame is read: from now until the visits go out nobody is taken from a department's work."""
    items = draw.campaign.items.values_list("item__item_list__department", "item__code")
    hold_links(list(items), held_for=draw.number, by=by, at=at)


def _bind(draw: Draw, *, secret: str, chance: Callable[[int], bytes]) -> None:
    """The system's secret: locked away here, sealed for the discipline body, bound by a public commitment."""
    key = rules.locking_key(settings.SECRET_KEY)
    draw.locked_secret = rules.lock_away(secret, key=key, nonce=chance(NONCE_BYTES))
    draw.system_sealed_copy = rules.seal(
        secret, public_key=draw.sealing_key, ephemeral=chance(KEY_BYTES), nonce=chance(NONCE_BYTES)
    )
    draw.system_commitment = rules.commitment_of(
        draw.number, rules_digest=draw.rules_digest, party="system", secret=secret
    )


def _keep(draw: Draw, files: dict[str, bytes]) -> None:
    FrozenFile.objects.bulk_create(
        FrozenFile(draw=draw, name=name, content=content, sha256=sha256(content).hexdigest(), rows=content.count(b"\n"))
        for name, content in files.items()
    )
