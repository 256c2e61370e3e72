"""What was changed after a result, as anybody may read it beside the bundle."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.draws.models import Decision, Draw, Substitution, UsedReserve
from mingcha.domain.draws.queries.changes import substitutions_of, used_reserves_of
from mingcha.domain.draws.queries.lists import list_is_public
from mingcha.domain.draws.queries.naming import code_of
from mingcha.domain.draws.queries.sources import carried_over
from mingcha.domain.organisation.models import User
from mingcha.domain.registers.models import Inspector
from mingcha.domain.registers.rules import surname_of

# The kind alone: why a person cannot go may be an illness.
ABSENT = gettext_lazy("抽中的人员不能参加检查")


@dataclass(frozen=True)
class PublicChange:
    """One change as anybody may read it: people by code and surname, the reason by its kind."""

    kind: StrOrPromise
    at: datetime | None
    firm: str
    leaves: str
    enters: str
    why: StrOrPromise
    approved_by: str

    @property
    def what(self) -> str:
        """In one line: what, where, from whom to whom."""
        return f"{self.kind}：{self.leaves} → {self.enters}" + (f"（{self.firm}）" if self.firm else "")


def public_changes(draw: Draw, now: datetime) -> list[PublicChange]:
    """What was changed after the result, for the verification page; nothing as long as the list is sealed."""
    if draw.is_rehearsal or not list_is_public(draw, now=now):
        return []
    substituted = substitutions_of(draw).filter(decision=Decision.APPROVED)
    replaced = used_reserves_of(draw).filter(decision=Decision.APPROVED)
    replaced = replaced.select_related("drawn__subject", "reserve__subject", "decided_by__department")
    changes = [*map(_public_substitution, substituted), *map(_public_reserve, replaced)]
    return [*_public_carried(draw), *sorted(changes, key=lambda change: change.at or now)]


def _public_substitution(change: Substitution) -> PublicChange:
    return PublicChange(
        kind=_("人员递补（%s）") % change.department.short_name,
        at=change.decided_at,
        firm=change.drawn.name,
        why=ABSENT,
        leaves=_masked(change.leaves),
        enters=_masked(change.enters),
        approved_by=_post_of(change.decided_by),
    )


def _public_reserve(change: UsedReserve) -> PublicChange:
    return PublicChange(
        kind=_("对象递补"),
        at=change.decided_at,
        firm="",
        why=change.get_reason_display(),
        leaves=f"{change.drawn.name}（{code_of(change.drawn)}）",
        enters=f"{change.reserve.name}（{code_of(change.reserve)}）",
        approved_by=_post_of(change.decided_by),
    )


def _public_carried(draw: Draw) -> list[PublicChange]:
    """Firms of a void draw that are visited with this one."""
    if not draw.is_in_force:
        return []
    return [
        PublicChange(
            kind=_("无效抽取的对象一并检查"),
            at=draw.in_force_at,
            firm=row.name,
            why=_("抽取 %s 宣告无效，抽中的对象仍须检查") % row.draw.number,
            leaves=row.draw.number,
            enters=draw.number,
            approved_by="",
        )
        for row in carried_over(draw.campaign).select_related("draw").order_by("draw", "stratum", "rank")
    ]


def _masked(person: Inspector) -> str:
    """Roster code, as the bundle has it, and the surname."""
    return f"{person.code} {surname_of(person.name)}"


def _post_of(user: User | None) -> str:
    if user is None or user.department is None:
        return _("部门负责人")
    return _("%s负责人") % user.department.short_name
