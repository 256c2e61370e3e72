"""`manage.py open_office --region 360731 …`: the first department and the first account of an empty database."""

import getpass
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.organisation.actions import grant_role, load_regions, open_account, open_department
from mingcha.domain.organisation.models import Region, Role, User
from mingcha.domain.organisation.queries import around, keepers_of
from mingcha.domain.organisation.rules import weakness_of
from mingcha.domain.policy.actions import adopt_profile, load_calendar
from mingcha.domain.policy.rules import read_profile
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Refused

PROFILES = Path(__file__).resolve().parents[2] / "profiles"


class Command(BaseCommand):
    """All or nothing: whatever is refused, the database stays as it was."""

    help = "开设第一个部门和第一个系统管理员"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, help="六位区划代码，例如 360731")
        parser.add_argument("--department-code", required=True, help="部门简码，例如 sifa；以后不能改")
        parser.add_argument("--department-name", required=True, help="部门全称")
        parser.add_argument("--short-name", required=True, help="部门简称")
        parser.add_argument("--uscc", required=True, help="部门的统一社会信用代码")
        parser.add_argument("--keeper", required=True, help="系统管理员的账号，登录用")
        parser.add_argument("--keeper-name", default="", help="系统管理员的姓名；不写就用账号")
        parser.add_argument("--profile", default="", help="要启用的规则，例如 yudu-2020；不写就先不启用")
        parser.add_argument("--password-file", type=Path, help="第一行是初始密码的文件；不写就在这里输入")

    def handle(self, *args: object, **options: object) -> None:
        given = {key: str(value) for key, value in options.items() if isinstance(value, str)}
        rules_text = profile_text(given["profile"]) if given["profile"] else ""
        keeper = User(username=given["keeper"], full_name=given["keeper_name"] or given["keeper"])
        try:
            check_unkept(Region.objects.filter(pk=given["region"]).first())
            password = password_for(keeper, options["password_file"])  # before the transaction: typing takes its time
            with transaction.atomic():
                at = timezone.now()
                region = founded(given["region"], rules_text=rules_text, at=at)
                department = open_department(
                    given["department_code"],
                    uscc=given["uscc"],
                    name=given["department_name"],
                    short_name=given["short_name"],
                    region=region,
                    by=SYSTEM,
                    at=at,
                )
                account = open_account(
                    keeper.username,
                    full_name=keeper.full_name,
                    department=department,
                    password=password,
                    by=SYSTEM,
                    at=at,
                )
                grant_role(account, Role.SYSTEM_KEEPER, region=region, by=SYSTEM, at=at)
        except Refused as refusal:
            raise CommandError(refusal.reason) from refusal
        self.say(region, account, adopted=bool(rules_text))

    def say(self, region: Region, account: User, *, adopted: bool) -> None:
        """What there is now, and what comes next."""
        self.stdout.write(
            _("%s：已登记%s，已开立系统管理员 %s。") % (region.name, account.department, account.username)
        )
        if not adopted:
            self.stdout.write(_("没有启用规则：启用之前不能起算时限，由协调机构在“规则与日历”中启用。"))
        self.stdout.write(_("下一步：用这个账号登录，在“账号”里登记其他部门、开立账号、登记纪检监察机构的密封公钥。"))


def profile_text(code: str) -> str:
    """The file of a profile that comes with the product."""
    files = {path.stem: path for path in sorted(PROFILES.glob("*.toml"))}
    if code not in files:
        raise CommandError(_("没有规则 %s；现有：%s") % (code, "、".join(files)))
    return files[code].read_text(encoding="utf-8")


def check_unkept(region: Region | None) -> None:
    """The command is for the first account only; its holder opens all others, with a trace of who did."""
    present = keepers_of(region, on=timezone.localdate()).first() if region is not None else None
    if region is not None and present is not None:
        raise Refused(
            _("%s已有系统管理员 %s，由其登录后在“账号”里登记部门、开立账号") % (region.name, present.user.username)
        )


def founded(code: str, *, rules_text: str, at: datetime) -> Region:
    """The region, with the official tables loaded and its rules in force."""
    load_regions(by=SYSTEM, at=at)
    region = Region.objects.filter(pk=code).first()
    if region is None:
        raise Refused(_("没有区划 %s，对照国家标准 GB/T 2260 改正 --region") % code)
    check_unkept(region)
    load_calendar(by=SYSTEM, at=at)
    if rules_text:
        file = read_profile(rules_text)
        if file.jurisdiction not in around(region):
            raise Refused(
                _("规则 %s 适用于区划 %s，不适用于%s，换一份或去掉 --profile")
                % (file.code, file.jurisdiction, region.name)
            )
        adopt_profile(rules_text, by=SYSTEM, at=at)
    return region


def password_for(keeper: User, file: object) -> str:
    """The first password, from a file or typed twice, as strong as any other."""
    password = _read(file) if isinstance(file, Path) else _typed()
    try:
        validate_password(password, keeper)
    except ValidationError as fault:
        raise Refused(_("初始密码：%s") % "；".join(weakness_of(each) for each in fault.error_list)) from fault
    return password


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(_("读不了密码文件 %s，检查路径、权限和编码（UTF-8）") % file.name) from fault


def _typed() -> str:
    try:
        password = getpass.getpass(_("初始密码："))
        again = getpass.getpass(_("再输一次："))
    except (EOFError, KeyboardInterrupt) as fault:
        raise Refused(_("没有输入密码，什么都没有改；在终端里运行，或用 --password-file")) from fault
    if password != again:
        raise Refused(_("两次输入的密码不一样，什么都没有改；重新运行"))
    return password
