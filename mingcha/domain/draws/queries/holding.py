"""Until when a void draw with a result holds the links of its items (registers: LinkHold).

Its firms join the visits of the next draw, so the hold stays until those go out. A campaign that is never drawn again
would keep it for ever: after its last day, with no other number under way, the links may change again. Should it be
drawn after all, the links no longer say who had to go to those firms; then every department goes (`let_go_of`).
"""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.models.draw import ENDED_WITHOUT
from mingcha.domain.draws.states import DrawState
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import LinkHold


def voids_held_in_vain(on: date) -> QuerySet[Draw]:
    """Void draws that still hold links although their campaign is past its last day and no other number is drawn."""
    held = LinkHold.objects.filter(held_for=OuterRef("number"))
    live = Draw.objects.filter(campaign=OuterRef("campaign"), is_rehearsal=False).exclude(state__in=ENDED_WITHOUT)
    void = Draw.objects.filter(Exists(held), ~Exists(live), state=DrawState.VOIDED, campaign__ends_on__lt=on)
    return void.select_related("campaign").order_by("pk")


def let_go_of(campaign: Campaign, *, on: date) -> set[int]:
    """The void draws of a campaign, by key, whose hold ended before their firms were sent for."""
    if on <= campaign.ends_on:
        return set()
    held = LinkHold.objects.filter(held_for=OuterRef("number"))
    void = campaign.draws.filter(~Exists(held), state=DrawState.VOIDED, is_rehearsal=False)
    return set(void.values_list("pk", flat=True))
