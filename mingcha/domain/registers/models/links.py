"""Which subject belongs to which register, which items it can be inspected for, what is known against or for it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.registers.models.subjects import Category, Risk, Subject


class RegisterKind(models.TextChoices):
    """名录库类型 (codes-and-data E22)."""

    GENERAL = "GENERAL", _("一般检查对象名录库")
    SECTOR = "SECTOR", _("领域特别检查对象名录库")
    DEPARTMENT = "DEPARTMENT", _("部门检查对象名录库")
    SUB = "SUB", _("分库")
    TAG = "TAG", _("标签")


class Register(models.Model):
    """名录库: a named set of a region's subjects that one department keeps; a tag is the smallest of them."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区划"))
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    kind = models.CharField(_("种类"), max_length=10, choices=RegisterKind.choices)
    name = models.CharField(_("名称"), max_length=100)
    sector = models.CharField(_("监管领域"), max_length=30, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("上级名录库"))

    class Meta:
        verbose_name = _("名录库")
        ordering = ["department", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["department", "kind", "name"], name="registers_register_once"),
            models.CheckConstraint(
                name="registers_sub_register_has_a_parent", condition=~Q(kind="SUB") | Q(parent__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegisterEntry(models.Model):
    """A subject in a register."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries", verbose_name=_("名录库"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="entries", verbose_name=_("检查对象"))

    class Meta:
        verbose_name = _("入库记录")
        constraints = [models.UniqueConstraint(fields=["register", "subject"], name="registers_entry_once")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class RegisterMove(models.Model):
    """A subject came into a register or left it. By code and by name, as it outlives entry, register and import."""

    region = models.ForeignKey(Region, models.PROTECT, db_index=False, verbose_name=_("区划"))
    code = models.CharField(_("编号"), max_length=64)
    department = models.ForeignKey(Department, models.PROTECT, db_index=False, verbose_name=_("部门"))
    kind = models.CharField(_("种类"), max_length=10, choices=RegisterKind.choices)
    name = models.CharField(_("名录库"), max_length=100)
    is_entry = models.BooleanField(_("入库"))
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    moved_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+", verbose_name=_("办理人"))
    moved_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("出入库记录")
        ordering = ["moved_at", "pk"]
        indexes = [models.Index(fields=["code"], name="registers_move_of_code")]

    def __str__(self) -> str:
        return self.name


class ItemLink(models.Model):
    """对象与事项关联: the department may inspect this subject for this item (by its code, which editions share)."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="links", verbose_name=_("检查对象"))
    # Without an index of its own: the constraint below begins with it, and a city has millions of links.
    department = models.ForeignKey(Department, models.PROTECT, db_index=False, verbose_name=_("部门"))
    item_code = models.CharField(_("事项编码"), max_length=40)
    by_hand = models.BooleanField(_("手工关联"), default=False)  # such a link outlives every rule

    class Meta:
        verbose_name = _("对象与事项关联")
        constraints = [
            models.UniqueConstraint(fields=["department", "item_code", "subject"], name="registers_link_once")
        ]

    def __str__(self) -> str:
        return self.item_code


class LinkException(models.Model):
    """What was unlinked by hand: no rule links it again until somebody does so by hand."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("检查对象"))
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    item_code = models.CharField(_("事项编码"), max_length=40)
    reason = models.CharField(_("理由"), max_length=200)

    class Meta:
        verbose_name = _("不关联")
        constraints = [
            models.UniqueConstraint(fields=["department", "item_code", "subject"], name="registers_unlinked_once")
        ]

    def __str__(self) -> str:
        return self.item_code


class LinkHold(models.Model):
    """A draw is frozen and its visits are not sent out: who is linked to this item decides who goes, so it can only
    become more. The draw tells it, by its number: the registers lie below the draws and cannot ask."""

    department = models.ForeignKey(Department, models.PROTECT, db_index=False, verbose_name=_("部门"))
    item_code = models.CharField(_("事项编码"), max_length=40)
    held_for = models.CharField(_("抽取编号"), max_length=64, db_index=True)
    since = models.DateTimeField(_("起"))

    class Meta:
        verbose_name = _("关联冻结")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["department", "item_code", "held_for"], name="registers_hold_once_a_draw")
        ]

    def __str__(self) -> str:
        return self.held_for


class LinkRule(models.Model):
    """Which subjects an item is for, by what the register says of them; links are made from it in one stroke."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    item_code = models.CharField(_("事项编码"), max_length=40)
    categories = models.JSONField(_("主体大类"), default=list, blank=True)
    industries = models.JSONField(_("行业（开头几个字或代码）"), default=list, blank=True)
    kinds = models.JSONField(_("类型（包含的字）"), default=list, blank=True)
    registers = models.ManyToManyField(Register, blank=True, verbose_name=_("名录库或标签"))
    applied_at = models.DateTimeField(_("上次执行"), null=True, blank=True)
    applied_to = models.PositiveIntegerField(_("上次关联的户数"), default=0)

    class Meta:
        verbose_name = _("关联规则")
        ordering = ["department", "item_code"]
        constraints = [models.UniqueConstraint(fields=["department", "item_code"], name="registers_link_rule_once")]

    def __str__(self) -> str:
        return self.item_code

    @property
    def words(self) -> list[str]:
        """Its criteria as people read them; nothing said means everybody of the region."""
        named = "、".join(str(register) for register in self.registers.all())
        said = {
            gettext("主体大类：%s"): "、".join(str(Category(code).label) for code in self.categories),
            gettext("行业：%s"): "、".join(self.industries),
            gettext("类型含：%s"): "、".join(self.kinds),
            gettext("名录库：%s"): named,
        }
        return [form % text for form, text in said.items() if text] or [gettext("区划内全部对象")]


class SignalKind(models.TextChoices):
    """四类监管信息 (郴州 三（二）2, codes-and-data E30)."""

    COMPLAINTS = "COMPLAINTS", _("投诉举报")
    ABNORMAL_LIST = "ABNORMAL_LIST", _("经营异常名录")
    PENALTY = "PENALTY", _("行政处罚")
    SERIOUS_VIOLATION = "SERIOUS_VIOLATION", _("严重违法失信")


# What ends an exemption; a complaint alone is not yet a finding.
BAD_SIGNALS = frozenset({SignalKind.ABNORMAL_LIST, SignalKind.PENALTY, SignalKind.SERIOUS_VIOLATION})


class Signal(models.Model):
    """Something on record about a subject, from a day, until it is taken off."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="signals", verbose_name=_("检查对象"))
    kind = models.CharField(_("种类"), max_length=20, choices=SignalKind.choices)
    since = models.DateField(_("日期"))
    until = models.DateField(_("移出日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=100)
    note = models.CharField(_("内容"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = _("监管信息")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(name="registers_signal_ends", condition=Q(until=None) | Q(until__gte=F("since")))
        ]
        indexes = [models.Index(fields=["kind", "until"])]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class CreditClass(models.Model):
    """信用风险分类 of one month; the newest one is the subject's `risk`."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="credit_classes", verbose_name=_("检查对象"))
    month = models.DateField(_("月份"))  # its first day
    risk = models.CharField(_("信用风险"), max_length=1, choices=Risk.choices)
    source = models.CharField(_("来源"), max_length=100)

    class Meta:
        verbose_name = _("信用风险分类")
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["subject", "month"], name="registers_credit_class_once_a_month")]

    def __str__(self) -> str:
        return str(self.get_risk_display())


class Relief(models.Model):
    """免检决定、包容审慎观察: a dated decision that a subject stays out of draws; it lapses on a bad signal."""

    class Kind(models.TextChoices):
        CLEAN_YEARS = "CLEAN_YEARS", _("连续良好免于抽查")
        TOLERANT = "TOLERANT", _("包容审慎观察期")

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="reliefs", verbose_name=_("检查对象"))
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    kind = models.CharField(_("种类"), max_length=12, choices=Kind.choices)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"))
    reason = models.CharField(_("理由"), max_length=300)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("决定人"))
    lapsed_on = models.DateField(_("失效日期"), null=True, blank=True)
    lapsed_because = models.CharField(_("失效原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("免检决定")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(name="registers_relief_ends", condition=Q(until__gte=F("since"))),
            models.CheckConstraint(
                name="registers_lapse_has_its_reason",
                condition=Q(lapsed_on=None, lapsed_because="") | (Q(lapsed_on__isnull=False) & ~Q(lapsed_because="")),
            ),
            models.UniqueConstraint(
                fields=["subject", "department", "kind", "since"], name="registers_relief_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class JournalNote(models.Model):
    """A note beside the log: what a colleague should know. Never changed, never about a person's private life."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="journal", verbose_name=_("检查对象"))
    text = models.TextField(_("内容"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("记录人"))
    written_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("工作记事")
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:40]
