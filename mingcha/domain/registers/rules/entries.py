"""What may stand in a register."""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from stdnum.cn import ric, uscc

from mingcha.domain.duties.rules import COLOURS, Light
from mingcha.domain.registers.models import CodeType, Inspector
from mingcha.kit.errors import Refused

CODE = re.compile(r"[0-9A-Za-z._-]{2,64}")
AREA = re.compile(r"(?!-$)[0-9A-Za-z._-]{1,64}")
PHONE = re.compile(r"[0-9+][0-9 ()-]{5,28}[0-9]")
SCIENTIFIC = re.compile(r"[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+")
# A firm's or trader's credit code with one place too few or too many: taken as a number of its own it would make a
# second entry beside the right one.
SLIPPED = re.compile(r"9[1-3][0-9]{6}(?:[0-9A-Z]{9}|[0-9A-Z]{11})")
TEAM = re.compile(r"T[0-9]{3,}")  # the names that a draw gives to teams (draw-protocol §2)
# What a code looks like when it is none, why, and what to do.
MISTAKEN: tuple[tuple[re.Pattern[str], StrOrPromise, StrOrPromise], ...] = (
    (SCIENTIFIC, gettext_lazy("被表格软件变成了科学计数法"), gettext_lazy("把这一列设为文本，重新填入完整号码")),
    (
        SLIPPED,
        gettext_lazy("像统一社会信用代码，但不是 18 位"),
        gettext_lazy("对照营业执照，补上缺的一位或删去多的一位"),
    ),
    (
        TEAM,
        gettext_lazy("与抽取的分组编号（T 加三位以上数字）混淆"),
        gettext_lazy("换一个编号，例如在前面加上地区代码"),
    ),
)
USCC_LENGTH = 18
OLD_NUMBER_LENGTH = 15
LONGEST_NAME = 200
SOON = 30
EVERYWHERE = "*"
SHOWN_START = 3
SHOWN_END = 4

# Control characters, invisible format characters, line and paragraph separators, lone surrogates: a name that holds
# one cannot be read back from the frozen files of a draw the way it is seen.
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})

Reason = tuple[str, str]  # what is wrong, what to do


def tidy_code(text: str) -> str:
    """Without spaces around it; a code of 18 places in capitals, as GB 32100 writes it."""
    code = text.strip()
    return code.upper() if len(code) == USCC_LENGTH else code


def wrong_code(code: str) -> Reason | None:
    """Why a code cannot be the public name of a subject or a person, or None."""
    if not code:
        return _("没有填"), _("补上统一社会信用代码或登记编号")
    for form, reason, fix in MISTAKEN:
        if form.fullmatch(code):
            return str(reason), str(fix)
    if not CODE.fullmatch(code):
        return _("只能有 2 至 64 个半角数字、字母和 . _ -"), _("改为半角，删去空格和其他符号")
    if ric.is_valid(code) and not uscc.is_valid(code):
        return _("像是居民身份证号，不能作公开的编号"), _("改用登记编号")
    return None


def doubtful_code(code: str) -> str:
    """What should be looked at in a code that may stand all the same; empty when nothing."""
    if len(code) == OLD_NUMBER_LENGTH and code.isdigit():
        return _("15 位的旧注册号，不是统一社会信用代码")
    if len(code) != USCC_LENGTH:
        return _("不是 18 位统一社会信用代码，按登记编号收录")
    if not uscc.is_valid(code):
        return _("统一社会信用代码校验位不对")
    return ""


SHAPES = {
    CodeType.REGISTRATION: (re.compile(r"[0-9]{13,15}"), gettext_lazy("原注册号是 13 至 15 位数字")),
    CodeType.PROJECT: (
        re.compile(r"[0-9]{4}-?[0-9]{6}-?[0-9]{2}-?[0-9]{2}-?[0-9]{6}"),
        gettext_lazy("项目代码是 20 位数字，写成 2026-990000-47-03-000001 的样子"),
    ),
    CodeType.SCHOOL: (re.compile(r"[0-9]{10}"), gettext_lazy("学校标识码是 10 位数字")),
    CodeType.PLATE: (
        re.compile(r"[A-Z]{2,5}-[A-Z0-9]{6,8}"),
        gettext_lazy("号牌的汉字写成拼音，例如赣B12345 写成 GAN-B12345"),
    ),
}


def doubtful_of(code: str, code_type: str) -> str:
    """What should be looked at in a code of a kind that may stand all the same; empty when nothing."""
    if code_type == CodeType.USCC:
        return doubtful_code(code)
    if code_type in SHAPES:
        shape, words = SHAPES[CodeType(code_type)]
        return "" if shape.fullmatch(code) else str(words)
    return ""


def wrong_text(text: str, *, longest: int) -> Reason | None:
    """Why a text cannot be kept, or None."""
    if len(text) > longest:
        return _("超过 %d 个字") % longest, _("缩短到 %d 个字以内") % longest
    if any(unicodedata.category(character) in INVISIBLE for character in text):
        return _("有换行或看不见的字符"), _("删去后重新填写")
    return None


def wrong_name(name: str, *, longest: int = LONGEST_NAME) -> Reason | None:
    """Why this cannot be a name, or None."""
    if not name.strip():
        return _("没有填"), _("补上名称")
    return wrong_text(name, longest=longest)


def wrong_phone(phone: str) -> Reason | None:
    """Why nobody could be reached by this, or None."""
    if phone and not PHONE.fullmatch(phone):
        return _("不是电话号码"), _("填手机号，或带区号的座机号，例如 0797-1234567")
    return None


def wrong_area(area: str) -> Reason | None:
    """Why a draw could not use this area, or None."""
    if area and not AREA.fullmatch(area):
        return _("片区要用代码，不用名称"), _("改为 1 至 64 个半角数字、字母")
    return None


def listed(text: str) -> tuple[str, ...]:
    """The parts of a comma list, whatever comma was typed, without repeats."""
    parts = (part.strip() for part in re.split(r"[,，、;；]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def wrong_areas(text: str) -> Reason | None:
    """Why a person's list of areas could not be used by a draw, or None."""
    if text.strip() in {"", EVERYWHERE}:
        return None
    for area in listed(text):
        wrong = wrong_area(area)
        if wrong:
            return wrong
    return wrong_text(",".join(listed(text)), longest=600)


def tidy_areas(text: str) -> str:
    """A comma list as it is kept; nothing given means everywhere."""
    return ",".join(listed(text)) or EVERYWHERE


def check_subject(
    *,
    code: str,
    name: str,
    kind: str = "",
    industry: str = "",
    area: str = "",
    address: str = "",
    source: str = "",
    contact: str = "",
    phone: str = "",
) -> None:
    """Refuse what could not be drawn or published."""
    for label, field, text, longest in (
        (_("来源"), "source", source, 60),
        (_("联络员"), "contact", contact, 60),
        (_("联系电话"), "phone", phone, 30),
    ):
        _refuse(label, field, wrong_text(text, longest=longest))
    _refuse(_("联系电话"), "phone", wrong_phone(phone))
    _refuse(_("统一社会信用代码"), "code", wrong_code(code))
    _refuse(_("名称"), "name", wrong_name(name))
    _refuse(_("类型"), "kind", wrong_text(kind, longest=60))
    _refuse(_("行业"), "industry", wrong_text(industry, longest=60))
    _refuse(_("片区代码"), "area", wrong_area(area))
    _refuse(_("地址"), "address", wrong_text(address, longest=300))


def check_inspector(*, code: str, name: str, certificate_no: str, areas: str, skills: str) -> None:
    """Refuse what could not be drawn."""
    _refuse(_("名录编号"), "code", wrong_code(code))
    _refuse(_("姓名"), "name", wrong_name(name, longest=60))
    _refuse(_("执法证号"), "certificate_no", wrong_name(certificate_no, longest=60))
    _refuse(_("片区"), "areas", wrong_areas(areas))
    _refuse(_("专业"), "skills", wrong_text(skills, longest=300))


def check_new(kind: str, code: str, *, exists: bool) -> None:
    """Refuse a second entry under the same code."""
    if exists:
        raise Refused(
            _("%(kind)s名录里已有 %(code)s，打开原有的那一条修改") % {"kind": kind, "code": code}, field="code"
        )


def check_certificate_free(certificate_no: str, *, holder: Inspector | None) -> None:
    """One certificate, one person."""
    if holder is not None:
        raise Refused(
            _("执法证号已登记在 %(name)s（%(code)s）名下，核对证件") % {"name": holder.name, "code": holder.code},
            field="certificate_no",
        )


def check_reason(reason: str, *, field: str = "reason") -> None:
    """A change of state says why."""
    if not reason.strip():
        raise Refused(_("没有写理由，补上后再提交"), field=field)
    wrong = wrong_text(reason, longest=200)
    if wrong:
        raise Refused(_("理由%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field=field)


def check_login_free(inspector: Inspector, *, held_by: Inspector | None) -> None:
    """One account, one person."""
    if held_by is not None and held_by.pk != inspector.pk:
        raise Refused(_("这个账号已经是 %s 的，换一个账号") % held_by.name, field="user")


def check_login_fits(inspector: Inspector, username: str, *, fits: bool) -> None:
    """An account of the person's department that may inspect."""
    if not fits:
        raise Refused(
            _("账号 %(username)s 不是%(place)s的执法检查人员账号；由系统管理员授予这个角色后再关联")
            % {"username": username, "place": inspector.department.short_name},
            field="user",
        )


def certificate_light(until: date, *, on: date) -> Light:
    """Red when a person's certificate has ended, yellow in its last 30 days; words of its own, shapes of all lights."""
    left = (until - on).days
    if left < 0:
        return _light("red", _("已过期"), _("执法证 %s 到期，换证登记以前不能参加抽取") % until)
    if left <= SOON:
        return _light(
            "yellow", _("将到期"), _("执法证 %(until)s 到期，还有 %(left)d 天") % {"until": until, "left": left}
        )
    return _light("green", _("有效"), _("执法证 %s 到期") % until)


def _light(colour: str, word: str, explanation: str) -> Light:
    return Light(colour, COLOURS[colour][0], word, explanation)


def masked(number: str) -> str:
    """A certificate number for lists: the first 3 and the last 4, nothing of a short one."""
    if len(number) <= SHOWN_START + SHOWN_END:
        return "*" * len(number)
    return f"{number[:SHOWN_START]}****{number[-SHOWN_END:]}"


def _refuse(label: str, field: str, wrong: Reason | None) -> None:
    if wrong:
        raise Refused(
            _("%(label)s：%(reason)s，%(fix)s") % {"label": label, "reason": wrong[0], "fix": wrong[1]}, field=field
        )
