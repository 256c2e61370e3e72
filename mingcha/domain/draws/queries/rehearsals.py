"""The registers of a rehearsal: the campaign's own strata and departments, filled with invented firms and people."""

from decimal import Decimal

from mingcha.domain.draws.models import INVENTED_FIRM, INVENTED_PERSON
from mingcha.domain.draws.queries.sources import Sources
from mingcha.domain.plans.models import Campaign
from mingcha.domain.plans.queries import sizes_from
from mingcha.domain.registers.models import Inspector

FIRMS_A_STRATUM = 40
PEOPLE_A_PLACE = 4  # for each place of a department in a visit, beyond those in teams


def invented_sources(campaign: Campaign) -> Sources:
    """The campaign's own shares and needs on a register that is the same for every rehearsal of it."""
    strata = list(campaign.strata.all())
    parties = list(campaign.parties.select_related("department"))
    frame = [
        (f"{INVENTED_FIRM}-{stratum.position}-{number:03d}", "", stratum.code)
        for stratum in strata
        for number in range(1, FIRMS_A_STRATUM + 1)
    ]
    roster = [
        Inspector(code=f"{INVENTED_PERSON}-{place}-{number:02d}", department=party.department, areas="*")
        for place, party in enumerate(parties, 1)
        for number in range(1, party.inspectors * (campaign.teams + PEOPLE_A_PLACE) + 1)
    ]
    populations = {stratum.code: FIRMS_A_STRATUM for stratum in strata}
    return Sources(
        frame=frame,
        excluded=[],
        sizes=sizes_from(strata, populations, floor=Decimal(0)),
        needs={party.department: party.inspectors for party in parties},
        roster=roster,
        prior={},
        barred=[],
        register_total=len(frame),
    )
