"""抽查事项清单: what may be inspected at all, on which law, how."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.domain.catalogue.states import HELD, UNDER_WAY, WORKFLOW, ListState
from mingcha.domain.organisation.models import Department, User

# What the signed text of a list holds. 1: the words of its items; 2: the articles they rest on too, as two lists (重点,
# 一般). A list keeps the form it was handed in with: its digests can be computed again after the form has changed.
TEXT_FORM = 2


class ItemClass(models.TextChoices):
    GENERAL = "GENERAL", _("一般检查事项")
    KEY = "KEY", _("重点检查事项")


class Method(models.TextChoices):
    """检查方式 (codes-and-data E2)."""

    ON_SITE = "ON_SITE", _("实地检查")
    WRITTEN = "WRITTEN", _("书面检查")
    ADOPTED = "ADOPTED", _("部门检查结果或专业意见")
    TESTING = "TESTING", _("检验检测")
    NETWORK = "NETWORK", _("网络监测")
    COMMISSIONED = "COMMISSIONED", _("委托专业机构")


class Mode(models.TextChoices):
    """监管方式 (codes-and-data E8): at random, unless the list says why not."""

    RANDOM = "RANDOM", _("双随机")
    KEY = "KEY", _("重点监管")
    CREDIT = "CREDIT", _("信用监管")
    PATROL = "PATROL", _("日常巡查")
    SPECIAL = "SPECIAL", _("专项检查")
    CASE = "CASE", _("个案检查")
    OFF_SITE = "OFF_SITE", _("非现场监管")
    TOLERANT = "TOLERANT", _("包容审慎")


class KeySector(models.TextChoices):
    """重点领域 (于都 二（二）)."""

    FOOD_DRUG = "FOOD_DRUG", _("食品药品")
    ENVIRONMENT = "ENVIRONMENT", _("环境保护")
    WORK_SAFETY = "WORK_SAFETY", _("安全生产")
    PUBLIC_TRANSPORT = "PUBLIC_TRANSPORT", _("公共交通")
    LABOUR = "LABOUR", _("劳动保障")


class ChangeReason(models.TextChoices):
    """Why a list may be changed at all (于都 一（二）); anything else is 随意增减."""

    LAW = "LAW", _("法律法规规章调整")
    REFORM = "REFORM", _("机构改革")
    PRACTICE = "PRACTICE", _("监管实际")


class ItemList(models.Model):
    """One edition of a department's list. Only the edition in force can be inspected (清单之外无检查)."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    edition = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=14, choices=ListState.choices, default=ListState.DRAFT)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("拟定人"))
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人"))
    in_force_at = models.DateTimeField(_("施行时间"), null=True, blank=True)
    change_reason = models.CharField(_("调整原因"), max_length=10, choices=ChangeReason.choices, blank=True)
    change_note = models.TextField(_("调整说明"), blank=True)
    text_form = models.PositiveSmallIntegerField(_("文本格式"), default=TEXT_FORM)
    # The upper department's edition that locked items were taken over from.
    inherits = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("继承自"))

    class Meta:
        verbose_name = _("事项清单")
        ordering = ["department", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["department", "edition"], name="catalogue_edition_once"),
            models.UniqueConstraint(
                fields=["department"], condition=Q(state=ListState.IN_FORCE), name="catalogue_one_list_in_force"
            ),
            models.CheckConstraint(
                name="catalogue_in_force_at_follows_state",
                condition=Q(state__in=UNDER_WAY, in_force_at=None) | Q(state__in=HELD, in_force_at__isnull=False),
            ),
            models.CheckConstraint(
                name="catalogue_maker_is_not_checker", condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by"))
            ),
            models.UniqueConstraint(
                fields=["department"], condition=Q(state__in=UNDER_WAY), name="catalogue_one_draft_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(department)s事项清单第%(edition)d版") % {
            "department": self.department.short_name,
            "edition": self.edition,
        }

    @property
    def is_draft(self) -> bool:
        return self.state == ListState.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.state == ListState.IN_FORCE

    def move_to(self, state: ListState) -> None:
        WORKFLOW.check(ListState(self.state), state)
        self.state = state


class ItemQuerySet(models.QuerySet["InspectionItem"]):
    def in_force(self) -> "ItemQuerySet":
        """Those that may be inspected now: in force, their law not repealed."""
        return self.filter(item_list__state=ListState.IN_FORCE).exclude(freezes__lifted_at=None, freezes__isnull=False)


class InspectionItem(models.Model):
    """抽查事项. `code` stays from edition to edition; ratio and frequency keep the words of the list."""

    item_list = models.ForeignKey(ItemList, models.PROTECT, related_name="items", verbose_name=_("清单"))
    code = models.SlugField(_("事项编码"), max_length=40)
    title = models.CharField(_("事项名称"), max_length=200)
    legal_basis = models.TextField(_("检查依据"))
    item_class = models.CharField(_("类别"), max_length=10, choices=ItemClass.choices)
    market_regulation = models.BooleanField(_("市场监管领域"), default=True)
    method = models.CharField(_("检查方式"), max_length=14, choices=Method.choices, default=Method.ON_SITE)
    object_kind = models.CharField(_("检查对象"), max_length=200)
    content = models.TextField(_("检查内容"), blank=True)
    ratio_text = models.CharField(_("抽查比例"), max_length=60, blank=True)
    frequency_text = models.CharField(_("抽查频次"), max_length=60, blank=True)
    # What the words of ratio and frequency mean, where they can be read (rules/shares.py); never instead of them.
    ratio = models.JSONField(_("比例（解析）"), default=list, blank=True)
    frequency = models.JSONField(_("频次（解析）"), default=list, blank=True)
    sub_items = models.TextField(_("子项"), blank=True)
    sector = models.CharField(_("监管领域"), max_length=30, blank=True)
    key_sector = models.CharField(_("重点领域"), max_length=20, choices=KeySector.choices, blank=True)
    mode = models.CharField(_("监管方式"), max_length=10, choices=Mode.choices, default=Mode.RANDOM)
    mode_reason = models.TextField(_("不纳入双随机的理由和依据"), blank=True)
    further_methods = models.JSONField(_("其他检查方式"), default=list, blank=True)
    inspecting_body = models.CharField(_("检查主体"), max_length=200, blank=True)
    office = models.CharField(_("责任科室"), max_length=60, blank=True)
    personnel = models.CharField(_("人员要求"), max_length=200, blank=True)
    required_skill = models.CharField(_("所需专业"), max_length=60, blank=True)
    outside_code = models.CharField(_("国家事项编码"), max_length=40, blank=True)
    # The item of the upper list that this one was taken over from; it is changed up there only.
    inherited_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("上级事项"))

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽查事项")
        ordering = ["item_list", "code"]
        constraints = [models.UniqueConstraint(fields=["item_list", "code"], name="catalogue_item_once_a_list")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_force(self) -> bool:
        return self.item_list.is_in_force


class ChangeNote(models.Model):
    """Why one item of an edition was added, taken out or changed; without its own, the edition's reason holds."""

    item_list = models.ForeignKey(ItemList, models.PROTECT, related_name="notes", verbose_name=_("清单"))
    code = models.SlugField(_("事项编码"), max_length=40)
    reason = models.CharField(_("调整原因"), max_length=10, choices=ChangeReason.choices)
    note = models.TextField(_("调整依据"))

    class Meta:
        verbose_name = _("调整说明")
        ordering = ["item_list", "code"]
        constraints = [models.UniqueConstraint(fields=["item_list", "code"], name="catalogue_change_noted_once")]

    def __str__(self) -> str:
        return f"{self.code}：{self.get_reason_display()}"


class Checkpoint(models.Model):
    """检查要点: one question an inspector answers, with how to look."""

    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="checkpoints", verbose_name=_("事项"))
    position = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("检查要点"), max_length=300)
    guidance = models.TextField(_("操作要领"), blank=True)
    criterion = models.TextField(_("判定标准"), blank=True)
    article = models.CharField(_("对应条款"), max_length=200, blank=True)
    photo_required = models.BooleanField(_("须附照片"), default=False)

    class Meta:
        verbose_name = _("检查要点")
        ordering = ["item", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="catalogue_checkpoint_once")]

    def __str__(self) -> str:
        return self.text
