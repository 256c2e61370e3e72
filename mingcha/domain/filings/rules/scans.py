"""盖章扫描件: what a sealed paper may be. Its content says what it is; its name may not say anything else."""

from pathlib import PurePath
from typing import NamedTuple

import filetype
from django.utils.translation import gettext as _

from mingcha.domain.filings.models import Filing
from mingcha.kit.errors import Refused

MIB = 1024 * 1024
MAX_MIB = 20
SEALED_SCAN = "SEALED_SCAN"  # a code of the clause filing_forms


class ScanFile(NamedTuple):
    """What somebody sent: the whole file, and what they called it."""

    content: bytes
    file_name: str


class ScanForm(NamedTuple):
    """A format that is kept, and the endings that people's devices give it."""

    media_type: str
    ending: str
    endings: frozenset[str]


FORMS = {
    "application/pdf": ScanForm("application/pdf", ".pdf", frozenset({".pdf"})),
    "image/jpeg": ScanForm("image/jpeg", ".jpg", frozenset({".jpg", ".jpeg", ".jpe", ".jfif"})),
    "image/png": ScanForm("image/png", ".png", frozenset({".png"})),
}


def check_scan(scan: ScanFile) -> ScanForm:
    """The format of a scan; refused when it is none, too large, or named as something else."""
    if not scan.content:
        raise Refused(_("文件是空的，重新选择要上传的扫描件"), field="scan")
    if len(scan.content) > MAX_MIB * MIB:
        raise Refused(_("扫描件超过 %d MB，降低扫描分辨率或只扫描盖章页后再上传") % MAX_MIB, field="scan")
    found = filetype.guess(scan.content)
    form = FORMS.get(found.mime if found is not None else "")
    if form is None:
        raise Refused(_("这个文件不是扫描件：选 PDF、JPG 或 PNG 格式的文件"), field="scan")
    ending = PurePath(scan.file_name).suffix.lower()
    if ending and ending not in form.endings:
        words = {"ending": ending, "content": form.ending.removeprefix(".").upper()}
        raise Refused(
            _("文件名以 %(ending)s 结尾，内容却是 %(content)s 格式：上传没有改过名的原文件") % words, field="scan"
        )
    return form


def media_type_of(name: str) -> str:
    """The format of a kept scan, by the ending that we gave it."""
    ending = PurePath(name).suffix
    return next((form.media_type for form in FORMS.values() if form.ending == ending), "application/octet-stream")


def check_sealable(filing: Filing) -> None:
    """A scan is put with what has not been sent yet, or has come back."""
    if not filing.is_sendable:
        raise Refused(_("这份报备现在是“%s”，扫描件不能再换") % filing.get_state_display())


def needs_seal(filing: Filing) -> bool:
    """A nil return is nothing but its seal; any other paper is sealed where the rules say so (加盖公章纸质扫描版)."""
    return filing.is_nil_return or SEALED_SCAN in filing.rule.get("forms", [])


def check_sealed(filing: Filing) -> None:
    """Refuse to hand in without the seal what has to have one."""
    if needs_seal(filing) and not filing.scan:
        raise Refused(_("还没有盖章扫描件：下载备案表，盖章后扫描上传，再报送"), field="scan")


def check_receipt_scan(filing: Filing, scan: ScanFile | None) -> ScanForm | None:
    """Where the body has no account here, its number is only as good as the paper it stands on."""
    if scan is not None:
        return check_scan(scan)
    if filing.recipient is None:
        raise Refused(
            _("%s在本系统没有账号：上传对方回执的扫描件，再登记备案号") % filing.get_body_display(), field="scan"
        )
    return None
