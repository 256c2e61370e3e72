"""检查对象 from a file: what is doubtful about a row that can be taken."""

from django.utils.translation import gettext as _

from mingcha.domain.registers.imports.reading import Remarks, Row, rare_characters
from mingcha.domain.registers.rules import doubtful_code


def doubt_subject(row: Row, warnings: Remarks) -> None:
    """Remark on the code and the name, and keep the remark on the code with the subject."""
    doubt = doubtful_code(row.code)
    row.content["warning"] = doubt
    if doubt:
        warnings.add(row.line, _("统一社会信用代码"), row.code, doubt, _("对照营业执照或登记证书核对"))
    name = str(row.content.get("name", ""))
    rare = rare_characters(name)
    if rare:
        warnings.add(row.line, _("名称"), name, _("有些屏幕显示不出 %s，已照原样保留") % rare)
