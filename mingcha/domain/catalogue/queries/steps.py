"""What the rules of a place ask of a paper, and how far it has come."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from django.utils.translation import gettext as _

from mingcha.domain.audit.models import Entry
from mingcha.domain.catalogue.models import OWN_LEGAL_OFFICE, Decision, ItemList, JointList, Rulebook
from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.queries import filings_about, name_of
from mingcha.domain.organisation.models import BodyCode, Department, User
from mingcha.domain.organisation.queries import body_for
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.queries import profile_for
from mingcha.domain.policy.rules import Clause, clause_of, has_clause

# What the trail says of people who do not write in a paper but judge it, or watch the laws it rests on.
NOT_WRITING = ("reviewed", "approved", "authorised", "returned", "in_force", "items_frozen", "freeze_lifted")

# A list, a joint list or a rulebook, whichever it is: what comes in goes out.
PaperRow = TypeVar("PaperRow", ItemList, JointList, Rulebook)
AnyPaper = ItemList | JointList | Rulebook

REVIEWED_BY = "item_legal_reviewer"
AUTHORISED_BY = {
    "itemlist": "item_list_approvers",
    "jointlist": "joint_list_approvers",
    "rulebook": "rulebook_approvers",
}
FILED_WITH = {
    "itemlist": "item_change_filed_with",
    "jointlist": "joint_list_filed_with",
    "rulebook": "rulebook_filed_with",
}


class Named(NamedTuple):
    """A body that the rules name, and the department that plays it here; None when nobody has said which."""

    code: str
    department: Department | None
    sector: str = ""  # a lead is named for each 监管领域

    @property
    def label(self) -> str:
        if self.code == OWN_LEGAL_OFFICE:
            return _("本单位法制机构")
        sector = f"（{self.sector}）" if self.sector else ""
        return f"{BodyCode(self.code).label}{sector}"


@dataclass(frozen=True)
class Asked:
    """One step of the way: who is asked, and the clause that says so."""

    clause: Clause | None = None
    named: tuple[Named, ...] = ()

    @property
    def codes(self) -> list[str]:
        return [body.code for body in self.named]

    def place_of(self, code: str) -> Department | None:
        """The department that plays a body of this step."""
        return next((body.department for body in self.named if body.code == code), None)


@dataclass(frozen=True)
class Way:
    """Everything that the rules of a place ask of a paper before it holds."""

    review: Asked
    authorisation: Asked
    filing: Asked


def way_of(paper: AnyPaper, *, on: date) -> Way:
    """The way of this paper by the rules that hold in its place on a day."""
    profile = profile_for(paper.department.region, on=on)
    kind = str(paper._meta.model_name)
    filing = _asked(paper, profile, FILED_WITH[kind])
    # Nobody files with itself: the market regulator's own list is in its hands already.
    others = tuple(body for body in filing.named if body.department != paper.department)
    return Way(
        review=_asked(paper, profile, REVIEWED_BY),
        authorisation=_asked(paper, profile, AUTHORISED_BY[kind]),
        filing=Asked(filing.clause, others),
    )


def _asked(paper: AnyPaper, profile: Profile, key: str) -> Asked:
    if not has_clause(profile, key):
        return Asked()
    clause = clause_of(profile, key)
    return Asked(clause, tuple(body for code in clause.codes for body in _named(paper, code)))


def _named(paper: AnyPaper, code: str) -> list[Named]:
    if code == OWN_LEGAL_OFFICE:
        return [Named(code, paper.department)]
    region = paper.department.region
    if code == BodyCode.SECTOR_LEAD:
        return [Named(code, body_for(region, code, sector=sector), sector) for sector in sectors_of(paper)]
    return [Named(code, body_for(region, code))]


def sectors_of(paper: AnyPaper) -> list[str]:
    """The 监管领域 whose leads are asked: the joint list's own, or those that the items of a list are in."""
    if isinstance(paper, JointList):
        return [paper.sector]
    if isinstance(paper, Rulebook):
        return [""]
    said = paper.items.exclude(sector="").order_by("sector").values_list("sector", flat=True).distinct()
    return list(said) or [""]


def decisions_of(paper: AnyPaper) -> list[Decision]:
    """Everything that was decided on a paper, returns included, in order."""
    return list(paper.decisions.select_related("decided_by__department").order_by("decided_at", "pk"))


def filings_of(paper: AnyPaper) -> list[Filing]:
    """What was filed of a paper and not withdrawn, in order."""
    return list(filings_about(paper).select_related("recipient").order_by("pk"))


def has_written(paper: AnyPaper, person: User) -> bool:
    """Did this person draft, write in or hand in this paper? The trail knows, of each of its items too."""
    rows = [paper, *paper.items.all()] if isinstance(paper, ItemList) else [paper]
    done = Entry.objects.filter(about__in=[name_of(row) for row in rows], event__startswith="catalogue.")
    own = done.filter(actor__contains=f"（{person.username}，")
    return own.exclude(event__in=[f"catalogue.{event}" for event in NOT_WRITING]).exists()
