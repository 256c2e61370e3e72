"""A draw from its first seat to its signatures, as the people in the hall would do it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from nacl.public import Box, PrivateKey, PublicKey
from nacl.utils import random as random_bytes

from fairdraw import commitment
from mingcha.domain.draws.actions import (
    announce,
    ask_for_seat,
    commit,
    confirm_abort,
    confirm_copies,
    enter_dice,
    freeze,
    invite,
    open_contribution,
    open_draw,
    open_rehearsal,
    propose_abort,
    sign,
    sign_as_witness,
    take_seat,
)
from mingcha.domain.draws.models import Draw, Outcome, Seat
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.actions import confirm_register
from mingcha.domain.registers.models import BatchKind
from scripts.county.setting import Setting

WITNESSES = (
    ("代为民", "明察示范县人大", "人大代表"),
    ("证如实", "明察示范公证处", "公证人员"),
    ("众看清", "示范个体劳动者协会", "行业协会"),
)


@dataclass
class Witness:
    """A person in the hall with a phone: what the phone keeps."""

    seat: Seat
    token: str
    secret: str


def seal(secret: str, public_key: str) -> str:
    """What seal.js does on a phone: hex of ephemeral key ‖ nonce ‖ box."""
    own = PrivateKey.generate()
    nonce = random_bytes(Box.NONCE_SIZE)
    box = Box(own, PublicKey(bytes.fromhex(public_key))).encrypt(secret.encode("ascii"), nonce)
    return (bytes(own.public_key) + nonce + box.ciphertext).hex()


def seat_witnesses(draw: Draw, setting: Setting, *, days: int) -> list[Witness]:
    """Three people take their seats."""
    seated = []
    for minute, (name, unit, capacity) in enumerate(WITNESSES):
        at = setting.at(days, 9, 40 + minute)
        card = draw.invitations.filter(name=name, state="INVITED").values_list("code", flat=True).first()
        seat, token = take_seat(
            draw,
            pairing_code=draw.pairing_code,
            name=name,
            unit=unit,
            capacity=capacity,
            invitation_code=card or "",
            at=at,
        )
        seated.append(Witness(seat, token, secrets.token_hex(32)))
    return seated


def commit_all(draw: Draw, witnesses: list[Witness], setting: Setting, *, days: int) -> None:
    """Every phone commits to its secret and seals a copy for the discipline body."""
    public_key = setting.departments["jijian"].sealing_key
    for minute, witness in enumerate(witnesses):
        commit(
            witness.seat,
            token=witness.token,
            commitment=commitment(draw.number, draw.rules_digest, witness.seat.party, witness.secret),
            sealed_copy=seal(witness.secret, public_key),
            at=setting.at(days, 10, 5 + minute),
        )


def throw_dice(draw: Draw, setting: Setting, *, days: int) -> None:
    """The officer tries the sealed copies; then twenty dice, typed by two people."""
    parties = ["system", *draw.seats.values_list("party", flat=True)]
    confirm_copies(draw, parties=parties, by=setting.users["jijian"], at=setting.at(days, 10, 13))
    digits = "".join(str(secrets.randbelow(10)) for _ in range(20))
    enter_dice(draw, digits=digits, by=setting.handler("shijian"), at=setting.at(days, 10, 15))
    enter_dice(draw, digits=digits, by=setting.head("shijian"), at=setting.at(days, 10, 16))


def confirm_registers(departments: Iterable[Department], setting: Setting, *, days: int) -> None:
    """Every owner says that its register may be drawn from: the lead for the firms, each department for its people."""
    at = setting.at(days, 9)
    confirm_register(setting.departments["shijian"], BatchKind.SUBJECTS, by=setting.handler("shijian"), at=at)
    for department in departments:
        confirm_register(department, BatchKind.INSPECTORS, by=setting.handler(department.code), at=at)


def hold(campaign: Campaign, setting: Setting, *, days: int, until: str = "SIGNED") -> Draw:
    """Hold the ceremony of a campaign up to the state `until` (SEATS, COMMITTED or SIGNED)."""
    by = setting.handler("shijian")
    confirm_registers([party.department for party in campaign.parties.all()], setting, days=days)
    draw = open_draw(campaign, by=by, at=setting.at(days - 2, 9, 30))
    coming = days == 0 and until == "SEATS"
    held_at = setting.now + timedelta(minutes=20) if coming else setting.at(days, 9, 40)
    announce_and_invite(draw, setting, days=days, held_at=held_at)
    return walk(draw, setting, days=days, until=until)


def rehearse(campaign: Campaign, setting: Setting, *, days: int) -> Draw:
    """The same people go through the same phases on invented firms."""
    draw = open_rehearsal(campaign, by=setting.handler("shijian"), at=setting.at(days, 9, 30))
    return walk(draw, setting, days=days)


def announce_and_invite(draw: Draw, setting: Setting, *, days: int, held_at: datetime) -> None:
    """Two days before: the public learns where and when, one witness has an invitation, a citizen asks for a seat."""
    by, at = setting.handler("shijian"), setting.at(days - 2, 10)
    announce(
        draw,
        place="明察示范县政务服务中心三楼会议室",
        held_at=held_at,
        watching="现场旁观，凭身份证登记入场",
        by=by,
        at=at,
    )
    name, unit, capacity = WITNESSES[0]
    invite(draw, name=name, unit=unit, capacity=capacity, by=by, at=at)
    ask_for_seat(draw, name="想看看", unit="个人", at=setting.at(days - 2, 15))


def walk(draw: Draw, setting: Setting, *, days: int, until: str = "SIGNED") -> Draw:
    """From the first seat to the signatures."""
    witnesses = seat_witnesses(draw, setting, days=days)
    if until == "SEATS":
        return draw
    freeze(draw, by=setting.handler("shijian"), at=setting.at(days, 10))
    draw.refresh_from_db()
    commit_all(draw, witnesses, setting, days=days)
    if until == "COMMITTED":
        return draw
    throw_dice(draw, setting, days=days)
    for minute, witness in enumerate(witnesses):
        open_contribution(
            witness.seat, token=witness.token, secret=witness.secret, at=setting.at(days, 10, 20 + minute)
        )
    draw.refresh_from_db()
    sign_all(draw, witnesses, setting, days=days)
    draw.refresh_from_db()
    return draw


def sign_all(draw: Draw, witnesses: list[Witness], setting: Setting, *, days: int) -> None:
    """Both offices sign, and every witness who stayed."""
    signed = {"outcome": Outcome.SIGNED, "text": ""}
    sign(draw, seat="agency", by=setting.head("shijian"), at=setting.at(days, 10, 40), **signed)
    for witness in witnesses:
        sign_as_witness(witness.seat, token=witness.token, at=setting.at(days, 10, 42), **signed)
    sign(draw, seat="discipline", by=setting.users["jijian"], at=setting.at(days, 10, 45), **signed)


def abort(campaign: Campaign, setting: Setting, *, days: int) -> Draw:
    """A draw that two people end before the dice: its number stays public."""
    draw = hold(campaign, setting, days=days, until="COMMITTED")
    reason = "会场停电，备用电源不能支撑到结束，改日重新组织（演示）"
    propose_abort(draw, reason=reason, by=setting.handler("shijian"), at=setting.at(days, 10, 12))
    draw.refresh_from_db()
    confirm_abort(draw, by=setting.users["jijian"], at=setting.at(days, 10, 14))
    draw.refresh_from_db()
    return draw
