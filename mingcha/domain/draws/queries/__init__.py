"""What can be asked about draws."""

from mingcha.domain.draws.queries.files import bundle_of, file_of
from mingcha.domain.draws.queries.forecasts import (
    TABLES,
    LikelyLine,
    draws_to_rehearse,
    inputs_digest,
    likely_lines,
    report_for,
)
from mingcha.domain.draws.queries.invitations import announcement_of, invitation_by_code, invitation_with_code
from mingcha.domain.draws.queries.lists import (
    assignments_this_year,
    draw_by_number,
    draw_with_code,
    drawn_list,
    draws_visible_to,
    in_force_without_visits,
    list_is_public,
    live_draw_of,
    mark_of,
    public_draws,
    room_sees_names,
    staff_see_names,
    strata_labels,
)
from mingcha.domain.draws.queries.public import public_draws_of, public_facts, when_public
from mingcha.domain.draws.queries.record import Edition, record_of
from mingcha.domain.draws.queries.rehearsals import invented_sources
from mingcha.domain.draws.queries.sources import (
    Sources,
    discipline_body_for,
    register_total_of,
    seat_of,
    sources_for,
    taken_before,
)

__all__ = [
    "TABLES",
    "Edition",
    "LikelyLine",
    "Sources",
    "announcement_of",
    "assignments_this_year",
    "bundle_of",
    "discipline_body_for",
    "draw_by_number",
    "draw_with_code",
    "drawn_list",
    "draws_to_rehearse",
    "draws_visible_to",
    "file_of",
    "in_force_without_visits",
    "inputs_digest",
    "invented_sources",
    "invitation_by_code",
    "invitation_with_code",
    "likely_lines",
    "list_is_public",
    "live_draw_of",
    "mark_of",
    "public_draws",
    "public_draws_of",
    "public_facts",
    "record_of",
    "register_total_of",
    "report_for",
    "room_sees_names",
    "seat_of",
    "sources_for",
    "staff_see_names",
    "strata_labels",
    "taken_before",
    "when_public",
]
