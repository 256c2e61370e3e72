"""What lists, joint lists and rulebooks ask of a person: submit again, review, approve, authorise, publish."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.queries import AnyPaper, item_lists_visible_to, rulebooks_visible_to
from mingcha.domain.catalogue.queries.joint import joint_lists_visible_to
from mingcha.domain.catalogue.queries.laws import items_frozen
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.web.desk.catalogue_steps import asked_of, last_return, waiting_for
from mingcha.web.desk.home_waiting import AT_ONCE, Waiting

WORDS: dict[str, StrOrPromise] = {
    "DRAFT": _("修改被退回的文本"),
    "LEGAL_REVIEW": _("法制审核"),
    "APPROVAL": _("负责人审批"),
    "AUTHORISATION": _("外部审定"),
    "FILING": _("公布施行"),
}


def lists_waiting(user: User) -> Iterator[Waiting]:
    """Each list under way whose next step is this person's."""
    under_way = item_lists_visible_to(user).filter(in_force_at=None)
    for edition in under_way.order_by("pk")[:AT_ONCE]:
        if word := _word(user, edition):
            yield _row(word, edition, "desk:list_detail")
    for joint in joint_lists_visible_to(user).filter(in_force_at=None).order_by("pk")[:AT_ONCE]:
        if word := _word(user, joint):
            yield _row(word, joint, "desk:joint_detail")
    for rulebook in rulebooks_visible_to(user).filter(in_force_at=None).order_by("pk")[:AT_ONCE]:
        if word := _word(user, rulebook):
            yield _row(word, rulebook, "desk:rulebook_detail")


def freezes_waiting(user: User) -> Iterator[Waiting]:
    """The departments this person writes lists for whose items a repeal has frozen, each with their number."""
    places = reach(user, Permission.CATALOGUE_EDIT)
    frozen = items_frozen(places)
    for place in places.filter(pk__in=frozen).order_by("code")[:AT_ONCE]:
        word = gettext("依据废止，%d 个事项已冻结") % frozen[place.pk]
        yield Waiting(word, gettext("拟定新一版清单，改挂现行依据"), place.short_name, reverse("desk:freeze_list"))


def _word(user: User, paper: AnyPaper) -> StrOrPromise:
    """What this person has to do about a paper; nothing about a draft nobody sent back, or while receipts are out."""
    asked = asked_of(user, paper)
    if asked == "DRAFT" and last_return(paper) is None:
        return ""
    if asked == "FILING" and waiting_for(paper):
        return ""
    return WORDS.get(asked, "")


def _row(word: StrOrPromise, paper: AnyPaper, view: str) -> Waiting:
    return Waiting(word, str(paper), paper.department.short_name, reverse(view, args=[paper.pk]))
