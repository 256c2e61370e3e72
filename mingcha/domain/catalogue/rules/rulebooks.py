"""What a rulebook must be before it is handed in, and how two editions differ. Pure: no query, no clock."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import InspectionItem, Rulebook, RulebookChapter
from mingcha.domain.catalogue.rules.chapters import LABELS, USUAL_CHAPTERS, missing_settings, setting_words, words_of
from mingcha.domain.catalogue.rules.shares import read_ratio
from mingcha.domain.catalogue.rules.steps import PaperText
from mingcha.domain.policy.rules import Clause
from mingcha.domain.policy.rules.codes import word_of
from mingcha.kit.errors import Refused

LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
# The clauses of a place that a setting stands for where it is stricter, with the unit of its value.
CLAUSE_OF: Mapping[str, tuple[str, str]] = {
    "working_days": ("publish_working_days", "working_days"),
    "ratio_text": ("min_ratio", "ratio"),
}
CHANGES: Mapping[str, StrOrPromise] = {
    "added": gettext_lazy("新增"),
    "removed": gettext_lazy("删除"),
    "changed": gettext_lazy("改动"),
}


class ChapterText(NamedTuple):
    """One chapter as a draft takes it over or as somebody wrote it."""

    code: str
    text: str = ""
    settings: Mapping[str, object] = {}
    is_inherited: bool = False


@dataclass(frozen=True)
class ChapterChange:
    """One chapter that differs between two editions: line by line what it said and what it says."""

    kind: str
    code: str
    details: tuple[tuple[str, str, str], ...] = ()

    @property
    def word(self) -> str:
        return str(CHANGES[self.kind])

    @property
    def title(self) -> str:
        return word_of(self.code)


def chapters_wanted(clause: Clause | None) -> Sequence[str]:
    """The chapters a rulebook has here, in the order of the rules."""
    return clause.codes if clause is not None else USUAL_CHAPTERS


def chapters_begun(
    wanted: Sequence[str], *, present: Sequence[RulebookChapter], parent: Sequence[RulebookChapter]
) -> list[ChapterText]:
    """The chapters of a new draft: the own words stay, what is inherited comes from the parent as it is now.

    Chapters that the rules want and nobody has written are empty; those written beyond the rules follow them.
    """
    own = {chapter.code: chapter for chapter in present}
    above = {chapter.code: chapter for chapter in parent}
    beyond = [code for code in [*own, *above] if code not in wanted]
    return [_begun(code, own.get(code), above.get(code)) for code in dict.fromkeys([*wanted, *beyond])]


def _begun(code: str, own: RulebookChapter | None, above: RulebookChapter | None) -> ChapterText:
    if above is not None and (own is None or own.is_inherited):
        return ChapterText(code, above.text, above.settings, is_inherited=True)
    if own is not None:
        return ChapterText(code, own.text, own.settings, is_inherited=False)
    return ChapterText(code)


def check_rulebook_draftable(under_way: Rulebook | None) -> None:
    """Refuse a second edition beside one that does not hold yet."""
    if under_way is not None:
        raise Refused(
            _("%(rulebook)s正在“%(state)s”，办完或退回之后才能拟定下一版")
            % {"rulebook": under_way, "state": under_way.get_state_display()}
        )


def check_title(title: str) -> None:
    """A rulebook is called something."""
    if not title.strip():
        raise Refused(_("没有写细则名称，例如“市场监管领域随机抽查实施细则”"), field="title")
    if len(title.strip()) > LONGEST_TITLE:
        raise Refused(_("细则名称超过 %d 个字，写短一些") % LONGEST_TITLE, field="title")


def check_parent(parent: Rulebook | None, *, possible: Collection[int]) -> None:
    """A draft is made from a rulebook in force of an upper department, or of the one that leads here."""
    if parent is not None and parent.pk not in possible:
        raise Refused(_("%s不是可以沿用的上级细则：只能选上级或本地牵头部门施行中的细则") % parent, field="parent")


def check_writable(rulebook: Rulebook) -> None:
    """Only a draft is written in."""
    if not rulebook.is_draft:
        raise Refused(
            _("%(rulebook)s现在是“%(state)s”，不能改动；要改由办理人退回，或者拟定新一版")
            % {"rulebook": rulebook, "state": rulebook.get_state_display()}
        )


def check_chapter_text(text: str) -> None:
    """Long enough for any chapter, short enough for a page."""
    if len(text) > LONGEST_TEXT:
        raise Refused(_("这一章超过 %d 个字，写要点，细节作为附件另存") % LONGEST_TEXT, field="text")


def check_restorable(chapter: RulebookChapter, above: RulebookChapter | None) -> None:
    """Only what the upper rulebook says can be taken over from it again."""
    if above is None:
        raise Refused(_("上级细则没有“%s”这一章，不能沿用") % word_of(chapter.code))
    if chapter.is_inherited:
        raise Refused(_("“%s”这一章现在就照上级细则，不用再恢复") % word_of(chapter.code))


def check_whole(chapters: Sequence[RulebookChapter], *, wanted: Sequence[str]) -> None:
    """Refuse to hand in a rulebook that lacks a chapter, has an empty one, or leaves open what the work reads."""
    written = {chapter.code: chapter for chapter in chapters}
    lacking = [f"{word_of(code)}（{'、'.join(gaps)}）" for code in wanted if (gaps := _gaps(code, written.get(code)))]
    lacking += [
        f"{word_of(chapter.code)}（{'、'.join(gaps)}）"
        for chapter in chapters
        if chapter.code not in wanted and (gaps := _gaps(chapter.code, chapter))
    ]
    if lacking:
        raise Refused(_("细则还不完整，补齐后再提交：%s") % _("；").join(lacking))


def _gaps(code: str, chapter: RulebookChapter | None) -> list[str]:
    if chapter is None:
        return [_("缺这一章")]
    gaps = [] if chapter.text.strip() else [_("没有内容")]
    return gaps + [_("缺%s") % label for label in missing_settings(code, chapter.settings)]


def check_within_rules(chapters: Sequence[RulebookChapter], clauses: Mapping[str, Clause]) -> None:
    """A rulebook may be stricter than the rules of its place, never laxer."""
    settled = {name: value for chapter in chapters for name, value in chapter.settings.items()}
    longest, days = _longest_wait(clauses), settled.get("working_days")
    if longest is not None and isinstance(days, int) and days > longest.number:
        raise Refused(
            _("公示期限 %(days)d 个工作日，超过本地规则的 %(longest)d 个工作日（%(place)s），改短后再提交")
            % {"days": days, "longest": longest.number, "place": longest.place}
        )
    _check_ratio(str(settled.get("ratio_text", "")), clauses.get("min_ratio"))


def _longest_wait(clauses: Mapping[str, Clause]) -> Clause | None:
    """The working days until a result is public: those set for it, or the entry's where it is public with its entry."""
    if "publish_working_days" not in clauses and "published_on_entry" in clauses:
        return clauses.get("entry_working_days")
    return clauses.get("publish_working_days")


def _check_ratio(said: str, floor: Clause | None) -> None:
    if floor is None:
        return
    below = [
        Decimal(each["share"]) for each in read_ratio(said) if "share" in each and Decimal(each["share"]) < floor.share
    ]
    if below:
        raise Refused(
            _("抽查比例“%(said)s”低于本地规则的 %(floor)s（%(place)s），提高后再提交")
            % {"said": said, "floor": f"{(floor.share * 100).normalize():f}%", "place": floor.place}
        )


def chapter_place(chapter: RulebookChapter) -> tuple[str, str]:
    """Where a setting stands: 《…实施细则》第2版, “公示程序”一章."""
    words = {"title": chapter.rulebook.title, "edition": chapter.rulebook.edition}
    return _("《%(title)s》第%(edition)d版") % words, _("“%s”一章") % word_of(chapter.code)


def setting_clause(chapter: RulebookChapter | None, name: str) -> Clause | None:
    """A setting in the form of a clause, so that it stands wherever a rule of the place would.

    Its source is the rulebook, its quotation what was approved and filed. None where no chapter settles it, or only in
    words of which no number can be read.
    """
    value = _number_in(name, chapter.settings.get(name)) if chapter is not None else None
    if chapter is None or value is None:
        return None
    key, unit = CLAUSE_OF[name]
    source, place = chapter_place(chapter)
    return Clause(
        key=key,
        value=value,
        unit=unit,
        source=source,
        clause=place,
        quote=_("%(label)s：%(said)s") % {"label": LABELS[name], "said": words_of(name, chapter.settings[name])},
        kind="local",
    )


def _number_in(name: str, said: object) -> int | Decimal | None:
    if name == "ratio_text":
        return min((Decimal(each["share"]) for each in read_ratio(str(said or "")) if "share" in each), default=None)
    return said if isinstance(said, int) else None


def check_method(item: InspectionItem, chapter: RulebookChapter | None) -> None:
    """An item is inspected by a method that the rulebook of its department lets be used."""
    usable = chapter.settings.get("methods") if chapter is not None else None
    if chapter is None or usable is None or {item.method, *item.further_methods} & set(usable):
        return
    words = {
        "item": item.title,
        "method": item.get_method_display(),
        "place": "".join(chapter_place(chapter)),
        "usable": words_of("methods", usable),
    }
    raise Refused(
        _(
            "事项“%(item)s”的检查方式“%(method)s”不在%(place)s规定的方式（%(usable)s）之内；改清单里的检查方式，或修订细则"
        )
        % words,
        field="items",
    )


def check_approver(title: str, chapter: RulebookChapter | None, *, holds_role: bool) -> None:
    """Where the rulebook names which of the bodies outside approves, another one does not."""
    if chapter is not None and not holds_role:
        words = {"title": title, "place": "".join(chapter_place(chapter))}
        who = words_of("approver", chapter.settings["approver"])
        raise Refused(_("“%(title)s”按%(place)s由%(who)s批准，由担任这个角色的人办理") % {**words, "who": who})


def rulebook_text(rulebook: Rulebook, chapters: Sequence[RulebookChapter]) -> PaperText:
    """What is decided on and filed: every chapter with its words, its settings, and where it comes from."""
    content: dict[str, object] = {
        _("细则名称"): rulebook.title,
        _("版次"): rulebook.edition,
        _("上级细则"): str(rulebook.parent) if rulebook.parent is not None else _("没有"),
        _("章节"): [
            {
                _("章节"): word_of(chapter.code),
                _("内容"): chapter.text,
                _("执行参数"): _("；").join(
                    f"{label}：{said}" for label, said in setting_words(chapter.code, chapter.settings)
                ),
                _("来源"): _("照上级细则") if chapter.is_inherited else _("本部门"),
            }
            for chapter in chapters
        ],
    }
    return PaperText(str(rulebook), content, {"edition": rulebook.edition, "chapters": len(chapters)})


def chapter_changes(old: Sequence[RulebookChapter], new: Sequence[RulebookChapter]) -> list[ChapterChange]:
    """Where two editions differ, chapter by chapter, in the order of the new one."""
    before, after = ({chapter.code: chapter for chapter in each} for each in (old, new))
    changes = []
    for code in dict.fromkeys([*after, *before]):
        if code not in before:
            changes.append(ChapterChange("added", code, _lines(None, after[code])))
        elif code not in after:
            changes.append(ChapterChange("removed", code, _lines(before[code], None)))
        elif details := _lines(before[code], after[code]):
            changes.append(ChapterChange("changed", code, details))
    return changes


def _lines(old: RulebookChapter | None, new: RulebookChapter | None) -> tuple[tuple[str, str, str], ...]:
    """What differs of a chapter: its text, and each setting by its label."""
    said = [_said(chapter) if chapter is not None else {} for chapter in (old, new)]
    labels = dict.fromkeys([*said[1], *said[0]])
    pairs = ((label, said[0].get(label, ""), said[1].get(label, "")) for label in labels)
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _said(chapter: RulebookChapter) -> dict[str, str]:
    return {_("内容"): chapter.text, **dict(setting_words(chapter.code, chapter.settings))}
