"""What may be written of an item: what it needs, what its mode needs, what another list rules over. Pure."""

import re

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import Checkpoint, InspectionItem, ItemClass, KeySector, Method, Mode
from mingcha.domain.catalogue.rules.items import (
    LOCKED,
    OUTSIDE,
    Checkpoints,
    CheckpointText,
    ItemFields,
    label_of,
)
from mingcha.domain.policy.rules import Clause
from mingcha.kit.errors import Refused, refuse_together

# A document, a law or an article: what a reason can rest on.
CITATION = re.compile(r"《[^》]+》|〔\d{4}〕|第[一二三四五六七八九十百零〇\d]+条")


def check_item(said: ItemFields) -> None:
    """What an item cannot be written down without; everything that is wrong is said at once."""
    refuse_together(lambda: _check_words(said), lambda: _check_choices(said), lambda: _check_mode(said))


def _check_words(said: ItemFields) -> None:
    for field in ("title", "object_kind"):
        if not str(said[field]).strip():
            raise Refused(_("缺%s，填写后再存") % label_of(field), field=field)
    _check_lengths(said)


def _check_lengths(said: ItemFields) -> None:
    for field, value in said.items():
        longest = getattr(InspectionItem._meta.get_field(field), "max_length", None)
        if isinstance(value, str) and longest and len(value) > longest:
            raise Refused(
                _("%(label)s超过 %(longest)d 个字，写短一些") % {"label": label_of(field), "longest": longest},
                field=field,
            )


def _check_choices(said: ItemFields) -> None:
    if said["item_class"] not in ItemClass.values:
        raise Refused(_("类别只能是一般检查事项或重点检查事项"), field="item_class")
    if said["method"] not in Method.values:
        raise Refused(_("检查方式不在列表里，从列表中选一种"), field="method")
    if not set(said.get("further_methods", [])) <= set(Method.values):
        raise Refused(_("检查方式不在列表里，从列表中选"), field="further_methods")
    if said.get("key_sector", "") not in ("", *KeySector.values):
        raise Refused(_("重点领域不在列表里，从列表中选一个，或留空"), field="key_sector")


def _check_mode(said: ItemFields) -> None:
    """Random is the rule; anything else says why, and by which text (S0-06)."""
    mode, reason = said.get("mode", Mode.RANDOM), said.get("mode_reason", "").strip()
    if mode not in Mode.values:
        raise Refused(_("监管方式不在列表里，从列表中选一种"), field="mode")
    if mode == Mode.RANDOM:
        return
    if not reason:
        raise Refused(_("不纳入双随机的，写明理由和依据的条款"), field="mode_reason")
    if not CITATION.search(reason):
        raise Refused(_("理由里没有依据：写明文件和条款，例如《…》第十条、…〔2020〕1号"), field="mode_reason")


def check_checkpoints(checkpoints: Checkpoints) -> None:
    """Every checkpoint asks something and fits its columns."""
    for position, point in enumerate((CheckpointText(*given) for given in checkpoints), start=1):
        if not point.text.strip():
            raise Refused(_("第 %d 条检查要点是空的，写明看什么，或删去这一条") % position, field="checkpoints")
        for field, label in (("text", ""), ("article", _("的对应条款"))):
            longest = int(getattr(Checkpoint._meta.get_field(field), "max_length", 0))
            if len(getattr(point, field)) > longest:
                raise Refused(
                    _("第 %(position)d 条检查要点%(label)s超过 %(longest)d 字，拆成几条")
                    % {"position": position, "label": label, "longest": longest},
                    field="checkpoints",
                )


def check_unlocked(item: InspectionItem, said: ItemFields) -> None:
    """What came from the upper list is changed up there only: name, basis, ratio, frequency (上级规定)."""
    if item.inherited_from is None:
        return
    for field in LOCKED:
        if str(said[field]).strip() != getattr(item, field):  # type: ignore[literal-required]  # all are keys
            raise Refused(
                _("%(label)s沿用%(source)s的规定，这里不能改；上级清单调整后再更新")
                % {"label": label_of(field), "source": item.inherited_from.item_list},
                field=field,
            )


def check_local_creation(clause: Clause | None) -> None:
    """Where the superior system's list rules, items are not written here (S1-02)."""
    if clause is not None:
        raise Refused(
            _("%(place)s规定“%(words)s”：事项在上级系统里增减，再通过“核对”接过来，这里不能直接录入或删去")
            % {"place": clause.place, "words": clause.words}
        )


def check_left_to_outside(item: InspectionItem, said: ItemFields, clause: Clause | None) -> None:
    """There, what the superior system has a word on stays as it is; what only we know may be filled in."""
    if clause is None:
        return
    for field in OUTSIDE:
        if str(said[field]).strip() != getattr(item, field):  # type: ignore[literal-required]  # all are keys
            raise Refused(
                _("%(label)s以上级系统为准（%(place)s“%(words)s”），这里不能改；在上级系统改好后再核对")
                % {"label": label_of(field), "place": clause.place, "words": clause.words},
                field=field,
            )


def check_taken_over(said: ItemFields) -> None:
    """What comes from the superior system has a name and a method we know; the rest is filled in before submitting."""
    if not said["title"]:
        raise Refused(_("上级系统的事项没有名称，不能接过来；由上级系统补上"), field="title")
    refuse_together(lambda: _check_lengths(said), lambda: _check_choices(said))


def check_removable(item: InspectionItem) -> None:
    """An item of the upper list is not dropped below."""
    if item.inherited_from is not None:
        raise Refused(_("这一项来自%s，上级清单里有就要保留；上级删去后再更新") % item.inherited_from.item_list)
