"""What a department, a sealing key and an account must be like, and which roles they may hold."""

import re
from collections.abc import Iterable, Mapping

from django.core import exceptions
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from nacl.bindings import crypto_scalarmult
from nacl.exceptions import RuntimeError as WeakPoint
from stdnum.cn import uscc as uscc_standard
from stdnum.exceptions import ValidationError

from mingcha.domain.organisation.models import Body, BodyCode, Department, Role, User
from mingcha.domain.organisation.permissions import APART
from mingcha.kit.errors import Refused

LONGEST_SECTOR, LONGEST_CONTACT = 30, 200
SHORT_CODE = re.compile(r"[a-z][a-z0-9-]{1,31}")
# `public` is the trail's chain of those without a department, `team` a role of the draw itself.
RESERVED_CODES = frozenset({"public", "team"})
USERNAME = re.compile(r"[A-Za-z0-9._-]{1,60}")
SEALING_KEY = re.compile(r"[0-9a-f]{64}")
ANY_SCALAR = b"\x01" * 32

# What is wrong with a password and how to mend it, by the codes of Django's validators.
WEAK: Mapping[str, StrOrPromise] = {
    "password_too_short": gettext_lazy("密码太短，至少 10 个字符"),
    "password_too_common": gettext_lazy("这是常见密码，换一个别人想不到的"),
    "password_entirely_numeric": gettext_lazy("密码不能全是数字，加上字母或汉字"),
    "password_too_similar": gettext_lazy("密码和账号或姓名太像，换一个"),
}


def check_grantable(role: str, held: Iterable[str]) -> None:
    """Separation of duties: refuse a role that must not meet one already held."""
    for one, other in APART:
        for mine, theirs in ((one, other), (other, one)):
            if role == mine and theirs in set(held):
                raise Refused(
                    _("“%(mine)s”和“%(theirs)s”不能由同一人担任")
                    % {"mine": Role(mine).label, "theirs": Role(theirs).label},
                    field="role",
                )


def check_withdrawable(role: str, others: int) -> None:
    """Somebody must be able to open accounts tomorrow. `others`: how many other keepers look after the same place."""
    if role == Role.SYSTEM_KEEPER and others == 0:
        raise Refused(_("这是最后一个系统管理员，先授予另一个人，再收回这一个"))


def check_deactivatable(user: User, *, is_oneself: bool, leaves_no_keeper: bool) -> None:
    """Nobody locks himself out, and somebody must be able to open accounts tomorrow."""
    if not user.is_active:
        raise Refused(_("账号 %s 已经停用，不用再停用") % user.username)
    if is_oneself:
        raise Refused(_("不能停用自己的账号；由另一个系统管理员停用"))
    if leaves_no_keeper:
        raise Refused(_("这是最后一个系统管理员，先把这个角色授予另一个人，再停用账号"))


def check_reactivatable(user: User) -> None:
    """Only what was switched off can be switched on."""
    if user.is_active:
        raise Refused(_("账号 %s 正在使用，不用启用") % user.username)


def check_account_name(username: str, *, taken: bool) -> None:
    """A name to sign in with: typed on any keyboard, and nobody else's."""
    if not USERNAME.fullmatch(username):
        raise Refused(_("账号只能用字母、数字、点、下划线、连字符，最多 60 个"), field="username")
    if taken:
        raise Refused(_("账号 %s 已经有了，换一个") % username, field="username")


def check_own_password(user: User, *, is_oneself: bool, is_the_same: bool) -> None:
    """Whoever could set another's password could sign in another's name."""
    if not is_oneself:
        raise Refused(_("密码只能由 %s 本人登录后修改") % user.username)
    if is_the_same:
        raise Refused(_("新密码和现在的一样，换一个"), field="password")


def weakness_of(fault: exceptions.ValidationError) -> str:
    """One fault of a password, in words that say how to mend it."""
    return str(WEAK.get(fault.code or "", fault.message))


def check_short_code(code: str, *, taken: bool) -> None:
    """The code names a chain of the trail and a role in every draw, for good."""
    if not SHORT_CODE.fullmatch(code):
        raise Refused(_("简码以小写字母开头，只用小写字母、数字、连字符，2 至 32 个字符，例如 shijian"), field="code")
    if code in RESERVED_CODES:
        raise Refused(_("简码 %s 是系统自用的，换一个") % code, field="code")
    if taken:
        raise Refused(_("简码 %s 已经有部门用了，换一个") % code, field="code")


def check_named(name: str, short_name: str) -> None:
    """A department without a name would leave blanks on every paper."""
    if not name.strip():
        raise Refused(_("缺名称：写部门全称"), field="name")
    if not short_name.strip():
        raise Refused(_("缺简称：写列表和表格里用的短名"), field="short_name")


def check_renamed(department: Department, *, name: str, short_name: str) -> None:
    """Refuse a change that changes nothing: a second press of the button."""
    if (department.name, department.short_name) == (name, short_name):
        raise Refused(_("名称和简称都没有改动，改了再保存"), field="name")


def check_uscc_free(uscc: str, *, taken: bool) -> None:
    """One department, one 统一社会信用代码."""
    if taken:
        raise Refused(_("统一社会信用代码 %s 已经登记给另一个部门，在部门列表里查找") % uscc, field="uscc")


def check_sealing_key(department: Department, *, key: str, has_officer: bool) -> None:
    """Only a discipline body takes a key, and only a key that hides something: a weak one seals for everybody."""
    if not has_officer:
        raise Refused(
            _("%s没有纪检监察人员，先为本部门的一个账号授予“纪检监察”，再登记公钥") % department.short_name, field="key"
        )
    if not SEALING_KEY.fullmatch(key):
        raise Refused(_("公钥应是 64 位十六进制字符（0-9、a-f），核对后重新填入"), field="key")
    try:
        crypto_scalarmult(ANY_SCALAR, bytes.fromhex(key))
    except WeakPoint as fault:
        raise Refused(_("这个公钥密封不住任何内容，重新生成一对密钥"), field="key") from fault
    if key == department.sealing_key:
        raise Refused(_("这就是现在登记的公钥，不用再登记"), field="key")


def check_department_code(uscc: str) -> None:
    """A department's 统一社会信用代码 must be right to the check digit: other systems match by it (GB 32100)."""
    try:
        uscc_standard.validate(uscc)
    except ValidationError as fault:
        raise Refused(_("统一社会信用代码 %s 不对，对照证书改正") % uscc, field="uscc") from fault


def check_body(code: str, *, sector: str, contact: str) -> None:
    """A body of the rules is one we know; only leads are named for a sector."""
    if code not in BodyCode.values:
        raise Refused(_("机构不在列表里，从列表中选一个"), field="code")
    if sector and code != BodyCode.SECTOR_LEAD:
        raise Refused(_("只有领域牵头部门按监管领域指定，其他机构的监管领域留空"), field="sector")
    for field, value, longest, label in (
        ("sector", sector, LONGEST_SECTOR, _("监管领域")),
        ("contact", contact, LONGEST_CONTACT, _("联系方式")),
    ):
        if len(value) > longest:
            raise Refused(
                _("%(label)s超过 %(longest)d 个字，写短一些") % {"label": label, "longest": longest}, field=field
            )


def check_body_named(before: Body | None, department: Department | None) -> None:
    """Only what was named can be taken back."""
    if before is None and department is None:
        raise Refused(_("这个机构还没有指定部门，选一个部门"), field="department")
