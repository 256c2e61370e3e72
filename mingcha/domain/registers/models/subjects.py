"""检查对象: who may be inspected."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Region
from mingcha.domain.registers.states import SUBJECT_WORKFLOW, SubjectState


class Risk(models.TextChoices):
    """信用风险分类 (国市监信发〔2022〕6号)."""

    LOW = "A", _("A 低")
    COMMON = "B", _("B 一般")
    RAISED = "C", _("C 较高")
    HIGH = "D", _("D 高")


class Category(models.TextChoices):
    """主体大类 (codes-and-data E24): not everybody who is inspected is registered as a business (巴中 二)."""

    ENTERPRISE = "ENTERPRISE", _("企业")
    TRADER = "TRADER", _("个体工商户")
    COOPERATIVE = "COOPERATIVE", _("农民专业合作社")
    FOREIGN_OFFICE = "FOREIGN_OFFICE", _("外国企业代表机构")
    PUBLIC_BODY = "PUBLIC_BODY", _("机关")
    INSTITUTION = "INSTITUTION", _("事业单位")
    ASSOCIATION = "ASSOCIATION", _("社会组织")
    SCHOOL = "SCHOOL", _("学校")
    PROJECT = "PROJECT", _("工程项目")
    SITE = "SITE", _("场所")
    VEHICLE = "VEHICLE", _("车船")
    UNLICENSED = "UNLICENSED", _("无证无照经营者")
    OTHER = "OTHER", _("其他")


class CodeType(models.TextChoices):
    """What kind of number a subject's public code is."""

    USCC = "USCC", _("统一社会信用代码")
    REGISTRATION = "REGISTRATION", _("原注册号")
    PROJECT = "PROJECT", _("项目代码")
    LICENCE = "LICENCE", _("许可证号")
    SCHOOL = "SCHOOL", _("学校标识码")
    PLATE = "PLATE", _("车船号牌")
    OWN = "OWN", _("本单位编号")


class Subject(models.Model):
    """检查对象. `code` is the 统一社会信用代码 or a register number: its public name in every draw."""

    code = models.CharField(_("统一社会信用代码"), max_length=64)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区划"))
    name = models.CharField(_("名称"), max_length=200)
    code_type = models.CharField(_("编号种类"), max_length=12, choices=CodeType.choices, default=CodeType.USCC)
    category = models.CharField(_("主体大类"), max_length=14, choices=Category.choices, default=Category.ENTERPRISE)
    kind = models.CharField(_("类型"), max_length=60, blank=True)
    industry = models.CharField(_("行业"), max_length=60, blank=True)
    area = models.CharField(_("片区代码"), max_length=64, blank=True)
    address = models.CharField(_("地址"), max_length=300, blank=True)
    established_on = models.DateField(_("成立日期"), null=True, blank=True)
    is_foreign = models.BooleanField(_("涉外"), default=False)
    risk = models.CharField(_("信用风险"), max_length=1, choices=Risk.choices, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=SubjectState.choices, default=SubjectState.OPEN)
    warning = models.CharField(_("提醒"), max_length=300, blank=True)
    # Of a person: masked wherever it is shown; whoever unmasks it says why, and the trail keeps that.
    contact = models.CharField(_("联络员"), max_length=60, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    source = models.CharField(_("来源"), max_length=60, blank=True)
    verified_on = models.DateField(_("核对日期"), null=True, blank=True)
    # Pairs of characters of the name and of its pinyin initials, for the search index: rules/searching.py makes them.
    search = models.TextField(_("检索词"), blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = _("检查对象")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="registers_subject_once_a_region"),
            models.CheckConstraint(
                name="registers_subject_code_can_be_drawn", condition=Q(code__regex=r"^[0-9A-Za-z._-]{2,64}$")
            ),
        ]
        # The list runs by region and code, which the constraint indexes; these are for whoever asks for few.
        indexes = [
            models.Index(fields=["region", "state", "code"], name="registers_subject_by_state"),
            models.Index(fields=["code"], name="registers_subject_code_begins", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["industry"], name="registers_subject_industry", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["area"], name="registers_subject_area"),
            models.Index(fields=["category"], name="registers_subject_category"),
            models.Index(fields=["changed_at"], name="registers_subject_changed"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state == SubjectState.OPEN

    def move_to(self, state: SubjectState) -> None:
        SUBJECT_WORKFLOW.check(SubjectState(self.state), state)
        self.state = state


@dataclass(frozen=True)
class Words:
    """What is looked for: the folded text, its pairs one after the other, and the text where a code may begin so."""

    folded: str
    pairs: str
    code: str = ""


@dataclass(frozen=True)
class Position:
    """A place in the list of subjects: after the row with this key, or before it."""

    region: str
    code: str
    is_backwards: bool = False

    def __str__(self) -> str:
        return f"{self.region}.{self.code}"
