"""What else shows that a draw was held as it says: photos, papers, recordings."""

from pathlib import PurePath

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.models.draw import Draw
from mingcha.domain.organisation.models import User


class ExhibitKind(models.TextChoices):
    """What a file is for; it decides which formats are taken and what the public sees of it."""

    DICE = "DICE", _("骰子照片")
    NOTARY = "NOTARY", _("公证书")
    PAPER = "PAPER", _("签字的记录单扫描件")
    RECORDING = "RECORDING", _("录音录像")
    OTHER = "OTHER", _("其他材料")


class Exhibit(models.Model):
    """附件. A picture is kept re-encoded, any other file byte for byte; never changed, never removed.

    `sha256` is the digest of what was sent, `kept_sha256` of what is kept: only a picture's two differ.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="exhibits", verbose_name=_("抽取"))
    kind = models.CharField(_("类别"), max_length=10, choices=ExhibitKind.choices)
    file = models.FileField(_("文件"), upload_to="exhibits/")
    file_name = models.CharField(_("原文件名"), max_length=200)
    sha256 = models.CharField(_("原件摘要"), max_length=64)
    kept_sha256 = models.CharField(_("存档件摘要"), max_length=64)
    size = models.PositiveBigIntegerField(_("原件大小"))
    media_type = models.CharField(_("格式"), max_length=40)
    words = models.CharField(_("说明"), max_length=200)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    added_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("抽取附件")
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["draw", "sha256"], name="draws_exhibit_once")]

    @property
    def is_picture(self) -> bool:
        return self.media_type == "image/jpeg"

    @property
    def is_dice(self) -> bool:
        return self.kind == ExhibitKind.DICE

    @property
    def shown_name(self) -> str:
        """What a download is called: our own number, never what the sender called it."""
        return f"{self.draw.number}-{self.pk}{PurePath(str(self.file)).suffix}"
