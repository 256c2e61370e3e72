"""规则对照: what differs between two editions, adopted ones and the five policies that come with the product."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.queries import profiles_around
from mingcha.domain.policy.rules import KINDS, Clause, Pair, ProfileFile, clauses_of, compare, five_profiles, words_of
from mingcha.web.desk.policy import regions_of
from mingcha.web.desk.staff import StaffRequest

STANDINGS: Mapping[str, StrOrPromise] = {
    "OTHER": _("规定不同"),
    "LEFT": _("只有左边规定"),
    "RIGHT": _("只有右边规定"),
    "SAME": _("一致"),
}


class Side(NamedTuple):
    """An edition that can be compared."""

    key: str
    name: str
    document: str
    since: date
    clauses: Sequence[Clause]


class Cell(NamedTuple):
    """What one edition says of a rule."""

    clause: Clause
    value: str
    kind: StrOrPromise


class PairRow(NamedTuple):
    """A rule in both editions, as the page shows it; None where an edition says nothing."""

    pair: Pair
    left: Cell | None
    right: Cell | None
    standing: StrOrPromise


@login_required
@require_GET
def policy_compare(request: StaffRequest) -> HttpResponse:
    """Two editions side by side: value, words and place of every rule that either has."""
    require(request.user, Permission.POLICY_READ)
    adopted, shipped = adopted_sides(request.user), shipped_sides()
    sides = {side.key: side for side in [*adopted, *shipped]}
    left = sides.get(request.GET.get("left", "")) or next(iter(sides.values()))
    right = sides.get(request.GET.get("right", "")) or next(side for side in sides.values() if side != left)
    pairs = compare(left.clauses, right.clauses)
    only = bool(request.GET.get("only"))
    counts = Counter(pair.standing for pair in pairs)
    context = {
        "left": left,
        "right": right,
        "groups": [(_("已启用的规则"), adopted), (_("随产品附带的五地文件"), shipped)],
        "rows": [_row_of(pair) for pair in pairs if pair.differs or not only],
        "figures": [(word, counts[standing]) for standing, word in STANDINGS.items()],
        "only": only,
        "swapped": f"?left={right.key}&right={left.key}" + ("&only=1" if only else ""),
    }
    return render(request, "desk/policy/policy_compare.html", context)


def adopted_sides(user: User) -> list[Side]:
    """The editions of the regions that concern this person, the one that counts first."""
    return [
        Side(f"edition-{profile.pk}", _name_of(profile), profile.document, profile.effective_from, clauses_of(profile))
        for profile in profiles_around(regions_of(user))
    ]


def _name_of(profile: Profile) -> str:
    return f"{profile.region.name} {profile.effective_from.isoformat()}（{profile.get_state_display()}）"


def shipped_sides() -> list[Side]:
    """The five policies, whether or not anybody here has adopted them."""
    return [
        Side(file.code, _place_of(file), file.document, file.effective_from, file.clauses) for file in five_profiles()
    ]


def _place_of(file: ProfileFile) -> str:
    return f"{file.documents[file.document].place} {file.effective_from.year}"


def _row_of(pair: Pair) -> PairRow:
    return PairRow(pair, _cell_of(pair.left), _cell_of(pair.right), STANDINGS[pair.standing])


def _cell_of(clause: Clause | None) -> Cell | None:
    return None if clause is None else Cell(clause, words_of(clause), KINDS[clause.kind])
