"""Whether each act of the ceremony is possible now."""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from hmac import compare_digest

from django.utils.translation import gettext as _

import fairdraw
from mingcha.domain.draws.models import Draw, Outcome, Seat, Signature
from mingcha.domain.draws.rules.wording import in_our_words
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans.models import Campaign
from mingcha.kit.errors import Refused

LEAST_WITNESSES = 2
MOST_WITNESSES = 20
LEAST_CERTIFIED = 2

_DIGEST = re.compile(r"[0-9a-f]{64}")
# Ephemeral key 32, nonce 24, authentication 16, then the hex text of a secret of 16 to 32 bytes.
_SEALED = re.compile(r"(?:[0-9a-f]{2}){104,136}")


def check_drawable(campaign: Campaign, *, live: Draw | None) -> None:
    """Approved, and not drawn or being drawn already: one draw a campaign."""
    if live is not None:
        raise Refused(
            _("任务“%(title)s”已有抽取 %(number)s，打开那一次继续") % {"title": campaign, "number": live.number}
        )
    if not campaign.may_be_drawn:
        raise Refused(_("任务“%s”还不能抽取：任务批准后才能开始") % campaign.title)


def check_pairing(draw: Draw, pairing_code: str) -> None:
    """The code on the host's screen lets a person into the room, nothing else does."""
    if not draw.takes_seats:
        raise Refused(_("抽取 %s 已停止入席，现场以大屏为准") % draw.number, field="pairing_code")
    if not compare_digest(pairing_code.encode(), draw.pairing_code.encode()):
        raise Refused(_("配对码不对，看主持人屏幕上的 8 位字符重新输入"), field="pairing_code")


def check_seatable(seats: Sequence[Seat], *, name: str, unit: str, capacity: str) -> None:
    """Everyone says who they are; nobody sits twice; a room has its limits."""
    for value, field, words in (
        (name, "name", _("填写姓名")),
        (unit, "unit", _("填写单位；没有单位的写“个人”")),
        (capacity, "capacity", _("选择身份")),
    ):
        if not value:
            raise Refused(words, field=field)
    if any((seat.name, seat.unit) == (name, unit) for seat in seats):
        raise Refused(_("%(unit)s的%(name)s已经入席，用原来那部手机继续") % {"unit": unit, "name": name}, field="name")
    if len(seats) >= MOST_WITNESSES:
        raise Refused(_("见证席位最多 %d 个，已经坐满") % MOST_WITNESSES)


def check_witnesses(seats: Sequence[Seat]) -> None:
    """Fewer than two could be the operator's own."""
    if len(seats) < LEAST_WITNESSES:
        raise Refused(
            _("见证人已入席 %(n)d 位，至少要 %(least)d 位才能冻结名单") % {"n": len(seats), "least": LEAST_WITNESSES}
        )


def check_certified(counts: Iterable[tuple[Department, int]]) -> None:
    """行政处罚法 §42: nobody inspects without a certificate, and nobody inspects alone."""
    for department, number in counts:
        if number < LEAST_CERTIFIED:
            raise Refused(
                _("%(department)s在检查结束日仍持有效执法证的人员只有 %(n)d 名，至少要 %(least)d 名；到两库补充")
                % {"department": department.short_name, "n": number, "least": LEAST_CERTIFIED}
            )


def check_sealable(body: Department | None) -> None:
    """Without a discipline body that holds a key, a withheld secret would stop the draw."""
    if body is None:
        raise Refused(_("本地区没有登记密封公钥的纪检监察机构，由系统管理员为纪检监察机构登记公钥后再冻结"))


def check_token(seat: Seat, token: str) -> None:
    """Only the phone that took the seat acts for it."""
    if not compare_digest(sha256(token.encode()).hexdigest(), seat.token):
        raise Refused(_("这部手机不是席位 %s 的手机，用入席时的那部手机操作") % seat.party)


def check_committable(draw: Draw, seat: Seat, *, commitment: str, sealed_copy: str) -> None:
    """Once, after the freeze, with both the seal and the copy."""
    _check_phase(draw, DrawState.FROZEN, _("封存随机数"))
    if seat.commitment:
        raise Refused(_("席位 %s 已经封存，不能更换") % seat.party)
    if not _DIGEST.fullmatch(commitment):
        raise Refused(_("封存值应为 64 位十六进制字符，在手机上重新生成"))
    if not _SEALED.fullmatch(sealed_copy):
        raise Refused(_("密封副本的格式不对，在手机上重新生成"))


def check_dice_enterable(draw: Draw, *, by: User) -> None:
    """When all are committed, and until two people agree."""
    if draw.dice:
        raise Refused(_("骰子已经两人核对一致，不能再改"))
    _check_phase(draw, DrawState.COMMITTED, _("录入骰子"))
    if draw.copies_checked_at is None:
        raise Refused(_("密封副本还没有核对：由纪检监察人员用私钥逐份打开核对，一致后再掷骰"))
    if draw.copies_checked_by == by:
        # Whoever has opened every copy could search for digits that please; the dice are for others to read.
        raise Refused(_("核对密封副本的人不录入骰子，由另外两个人各自录入"))


def check_dice(digits: str) -> None:
    """Twenty decimal digits, as they lie on the table."""
    with_form = re.fullmatch(r"[0-9]{20}", digits)
    if with_form is None:
        raise Refused(_("要录入 20 位数字，现在是 %d 个字符；对照骰子逐位核对") % len(digits), field="digits")


def check_public_value(draw: Draw, public_value: str) -> None:
    """Exactly when one was announced, in the form that the protocol takes (draw-protocol §3)."""
    if draw.public_words and not re.fullmatch(r"[0-9a-f]{1,128}", public_value):
        raise Refused(
            _("填写公告的公共随机数“%s”，只用数字和字母 a–f，最多 128 个字符") % draw.public_words, field="public_value"
        )
    if public_value and not draw.public_words:
        raise Refused(_("这次抽取没有公告公共随机数，这一栏留空"), field="public_value")


def positions_apart(entries: Sequence[str]) -> list[int]:
    """The positions, from 1, at which what several people typed is not the same."""
    return [number for number, typed in enumerate(zip(*entries, strict=True), 1) if len(set(typed)) > 1]


def check_opening(draw: Draw, seat: Seat, *, secret: str, opened: Iterable[Seat]) -> None:
    """After the dice, once, only with what was committed, and with nobody else's secret (draw-protocol §3).

    Equal secrets cannot be seen in their commitments. The second of them is refused here, so that whoever agreed on
    one is named, and not the honest witness who happens to open last.
    """
    _check_phase(draw, DrawState.DICE, _("开封"))
    if seat.secret:
        raise Refused(_("席位 %s 已经开封") % seat.party)
    _check_against(draw, seat.party, secret, seat.commitment)
    for other in opened:
        if other.secret == secret:
            raise Refused(
                _("席位 %(mine)s 的随机数与席位 %(other)s 相同，不是独立产生的，没有开封；由部门负责人依规宣告无效")
                % {"mine": seat.party, "other": other.party},
                field="secret",
            )


def check_system_opening(draw: Draw, *, secret: str) -> None:
    """Only when the server could not open its own secret, and only with what it committed."""
    _check_phase(draw, DrawState.OPENED, _("开封系统随机数"))
    _check_against(draw, "system", secret, draw.system_commitment)


def check_signable(
    draw: Draw, *, seat: str, outcome: str, text: str, present: Iterable[Signature], by: User | None
) -> None:
    """After the result, once a seat, a different person for each seat; whoever does not sign says why."""
    if not draw.may_be_signed:
        raise Refused(_("现在是“%s”，产生结果之后、生效之前才能签字") % draw.get_state_display())
    for signature in present:
        if signature.seat == seat:
            raise Refused(_("这个席位已有签字意见，不能再改"))
        if by is not None and signature.signed_by_id == by.pk:
            raise Refused(_("%s已在另一席位签字，承办机构和纪检监察机构要由不同的人签") % by.full_name)
    if outcome not in Outcome.values:
        raise Refused(_("选择签字确认、拒绝签字或保留意见"), field="outcome")
    if outcome != Outcome.SIGNED and not text:
        raise Refused(_("拒绝签字或保留意见时写明理由"), field="text")


def check_abort_proposable(draw: Draw, *, reason: str) -> None:
    """Before the dice only, with a reason, one proposal at a time."""
    _check_may_be_aborted(draw)
    if not reason:
        raise Refused(_("写明中止的理由，它会永久公开"), field="reason")
    if draw.abort_proposed_by is not None:
        raise Refused(_("%s已提出中止，等另一人确认") % draw.abort_proposed_by.full_name)


def check_abort_confirmable(draw: Draw, *, by: User) -> None:
    """Somebody else proposed it."""
    _check_may_be_aborted(draw)
    if draw.abort_proposed_by is None:
        raise Refused(_("还没有人提出中止"))
    if draw.abort_proposed_by == by:
        raise Refused(_("提出中止的人不能自己确认，由部门负责人或纪检监察人员确认"))


def _check_may_be_aborted(draw: Draw) -> None:
    if draw.is_aborted:
        raise Refused(_("抽取 %s 已经中止") % draw.number)
    if not draw.may_be_aborted:
        raise Refused(_("骰子已经确认，抽取 %s 不能中止；此后只能依规宣告无效") % draw.number)


def _check_phase(draw: Draw, wanted: DrawState, act: str) -> None:
    if draw.state != wanted:
        raise Refused(
            _("现在是“%(now)s”，到“%(wanted)s”时才能%(act)s；刷新页面看现在的阶段")
            % {"now": draw.get_state_display(), "wanted": wanted.label, "act": act}
        )


def _check_against(draw: Draw, party: str, secret: str, commitment: str) -> None:
    with in_our_words():
        fairdraw.check_secret(party, secret)
    if fairdraw.commitment(draw.number, draw.rules_digest, party, secret) != commitment:
        raise Refused(
            _("这串随机数与席位 %s 的封存值不符，没有开封；核对后再试，或由纪检监察机构用密封副本开封") % party,
            field="secret",
        )
