"""What a list must be before it is handed in. Pure: no query, no clock."""

import re
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.catalogue.rules.changes import Material
from mingcha.domain.catalogue.rules.items import FULL, gaps_of
from mingcha.domain.catalogue.states import HELD
from mingcha.kit.errors import Refused

CODE = re.compile(r"^[A-Za-z0-9_-]{1,40}$")
# What the rules of a place may ask an item to say (clause item_fields), and the field that says it.
FIELD_OF_CODE: Mapping[str, str] = {
    "BASIS": "legal_basis",
    "BODY": "inspecting_body",
    "CONTENT": "content",
    "METHOD": "method",
}


def check_draftable(draft: ItemList | None) -> None:
    """Refuse a second draft beside the first."""
    if draft is None:
        return
    if draft.is_draft:
        raise Refused(_("第%d版正在拟定，接着改那一版；施行后才能拟定下一版") % draft.edition)
    raise Refused(
        _("第%(edition)d版正在“%(state)s”，办完或退回之后才能拟定下一版")
        % {"edition": draft.edition, "state": draft.get_state_display()}
    )


def check_enterable(code: str, *, taken: Iterable[str]) -> None:
    """Refuse a code that nothing could be found by, or that stands in the list already."""
    if not CODE.match(code):
        raise Refused(_("事项编码“%s”不对：用字母、数字、“-”和“_”，不超过 40 个") % code, field="code")
    if code in set(taken):
        raise Refused(_("事项编码 %s 在这一版里已经有了，改用别的编码，或修改那一项") % code, field="code")


def check_editable(item_list: ItemList) -> None:
    """Only a draft is written in: what was handed in stays as it was read (不得随意增减、改动)."""
    if item_list.is_draft:
        return
    if item_list.state not in HELD:
        raise Refused(
            _("%(list)s正在“%(state)s”，不能改动；要改由办理人退回")
            % {"list": item_list, "state": item_list.get_state_display()}
        )
    raise Refused(_("%s已经施行，不能直接增减、改动；先拟定新一版，批准后替代它") % item_list)


def required_by(codes: Collection[str], fully: bool) -> set[str]:
    """The fields that the rules of a place want filled in."""
    named = {FIELD_OF_CODE[code] for code in codes if code in FIELD_OF_CODE}
    return named | set(FULL) if fully else named


def check_complete(items: Material, *, required: Collection[str] = ()) -> None:
    """Refuse an empty list, and an item that lacks its law, its checkpoints or a field that the rules want."""
    if not items:
        raise Refused(_("清单里一项也没有，先录入事项"))
    lacking = [
        f"{item.code}（{_('、').join(gaps)}）"
        for item, points in items
        if (gaps := gaps_of(item, points, required=required))
    ]
    if lacking:
        raise Refused(_("清单还不完整，补齐后再提交：%s") % "；".join(lacking))
