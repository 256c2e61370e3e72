"""区划、部门、账号与授权: who there is and where they may act."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles of the policies that this stage of the product needs; the rest come with their capability."""

    COORDINATOR = "R01", _("协调机构")
    HANDLER = "R03", _("部门经办")
    LEGAL_REVIEWER = "R04", _("法制审核")
    APPROVER = "R05", _("部门负责人")
    INSPECTOR = "R06", _("执法检查人员")
    DISCIPLINE = "R09", _("纪检监察")
    SUPERVISOR = "R11", _("司法行政监督")
    FILING_RECIPIENT = "R12", _("审定与备案接收")
    SYSTEM_KEEPER = "R15", _("系统管理员")
    AUDITOR = "R17", _("审计员")


class Region(models.Model):
    """行政区划 by GB/T 2260; the invented demo county is marked as such."""

    code = models.CharField(_("区划代码"), max_length=6, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=10)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("上级"))
    invented = models.BooleanField(_("虚构"), default=False)

    class Meta:
        verbose_name = _("区划")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """The leading digits that every region inside this one shares."""
        if self.code.endswith("0000"):
            return self.code[:2]
        return self.code[:4] if self.code.endswith("00") else self.code


class Department(models.Model):
    """部门. `code` is short and names its role in a draw; other systems know the 统一社会信用代码."""

    code = models.SlugField(_("简码"), max_length=32, unique=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=20)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区划"))
    # Public half (hex) of the key that secrets of a draw are sealed to; only a discipline body has one.
    sealing_key = models.CharField(_("密封公钥"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("部门")
        ordering = ["region", "code"]

    def __str__(self) -> str:
        return self.name


class BodyCode(models.TextChoices):
    """The bodies that the rules of a place name; which department that is, `Body` says."""

    JUSTICE = "JUSTICE", _("司法行政部门")
    MARKET = "MARKET", _("市场监管部门")
    GOVERNMENT_SERVICE = "GOVERNMENT_SERVICE", _("政务服务管理机构")
    LEGAL_OFFICE = "LEGAL_OFFICE", _("政府法制机构")
    ESTABLISHMENT = "ESTABLISHMENT", _("机构编制部门")
    COMMERCE_REFORM = "COMMERCE_REFORM", _("商事制度改革领导小组办公室")
    BUSINESS_CLIMATE = "BUSINESS_CLIMATE", _("优化经济发展环境办公室")
    SECTOR_LEAD = "SECTOR_LEAD", _("领域牵头部门")
    COORDINATION = "COORDINATION", _("协调小组办公室")
    GOVERNMENT_OFFICE = "GOVERNMENT_OFFICE", _("政府办公室")
    INDUSTRY = "INDUSTRY", _("工业和信息化部门")
    SUPERIOR = "SUPERIOR", _("上级主管部门")


class Body(models.Model):
    """Which department plays a body of the rules in a region; a lead is named for each 监管领域 (`sector`)."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区划"))
    code = models.CharField(_("机构"), max_length=20, choices=BodyCode.choices)
    sector = models.CharField(_("监管领域"), max_length=30, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="bodies", verbose_name=_("部门"))
    # Whom to ask and where paper goes: person, telephone, address, mailbox, as the rules or the body name them.
    contact = models.CharField(_("联系方式"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("规则所称机构")
        ordering = ["region", "code", "sector"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code", "sector"], name="organisation_one_department_a_body"),
            models.CheckConstraint(
                name="organisation_only_leads_have_sectors", condition=Q(sector="") | Q(code=BodyCode.SECTOR_LEAD)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}：{self.department.short_name}"


class UserManager(BaseUserManager["User"]):
    """Finds accounts by their name; accounts are opened by an action only."""


class User(AbstractBaseUser):
    """账号. What it may do is said by its grants alone."""

    last_login = None  # the trail keeps sign-ins; a column would be written outside actions
    username = models.CharField(_("账号"), max_length=60, unique=True)
    full_name = models.CharField(_("姓名"), max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name=_("部门"))
    is_active = models.BooleanField(_("启用"), default=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("账号")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def chain(self) -> str:
        """The chain of the trail that this person's acts are written to."""
        return self.department.code if self.department else "public"

    @property
    def label(self) -> str:
        """The name the trail keeps: person, account, department."""
        place = self.department.short_name if self.department else "—"
        return f"{self.full_name}（{self.username}，{place}）"


class GrantQuerySet(models.QuerySet["Grant"]):
    def valid(self, *, on: date) -> "GrantQuerySet":
        """Those that hold on a day."""
        return self.filter(Q(until=None) | Q(until__gte=on))


class Grant(models.Model):
    """授权: which role, where, until when. Exactly one of department and region says where."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("账号"))
    role = models.CharField(_("角色"), max_length=3, choices=Role.choices)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name=_("部门"))
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name=_("区划"))
    until = models.DateField(_("有效期至"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("授权")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "department"],
                condition=Q(region=None),
                name="organisation_grant_once_a_department",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "region"],
                condition=Q(department=None),
                name="organisation_grant_once_a_region",
            ),
            models.CheckConstraint(
                name="organisation_grant_is_somewhere",
                condition=Q(department=None, region__isnull=False) | Q(department__isnull=False, region=None),
            ),
        ]
