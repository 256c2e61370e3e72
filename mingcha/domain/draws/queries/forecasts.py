"""What rehearsal seeds said about a draw before it froze (draw-protocol §2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import QuerySet

from mingcha.domain.draws.models import Draw, DrawState, PredictabilityReport
from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import Inspector

TABLES = ("barred.tsv", "excluded.tsv", "frame.tsv", "roster.tsv")


@dataclass(frozen=True)
class LikelyLine:
    """A department's person and the firms of an area (empty: of none), as a page shows them."""

    department: str
    area: str
    person: str
    sent: int
    chances: int
    share: float
    expected: float


def inputs_digest(digests: Mapping[str, str]) -> str:
    """One digest over the SHA-256 of the four tables: the parties and the number are not in it, so a report that was
    made before the witnesses sat down still belongs to what is frozen."""
    return sha256("".join(f"{name}\t{digests[name]}\n" for name in TABLES).encode()).hexdigest()


def report_for(draw: Draw) -> PredictabilityReport | None:
    """After the freeze only a report on exactly the frozen tables; before it the newest there is."""
    reports = draw.reports.order_by("-made_at", "-pk")
    if draw.rules_digest:
        frozen = dict(draw.files.filter(name__in=TABLES).values_list("name", "sha256"))
        reports = reports.filter(inputs_digest=inputs_digest(frozen))
    return reports.first()


def likely_lines(report: PredictabilityReport) -> list[LikelyLine]:
    """The likeliest pairs with names instead of codes, most certain first."""
    pairs = report.pairs.get("likeliest", [])
    names = dict(Inspector.objects.filter(code__in={p["inspector"] for p in pairs}).values_list("code", "name"))
    places = dict(Department.objects.filter(code__in={p["role"] for p in pairs}).values_list("code", "short_name"))
    return [
        LikelyLine(
            department=places.get(pair["role"], pair["role"]),
            area=pair["area"],
            person=names.get(pair["inspector"], pair["inspector"]),
            sent=pair["sent"],
            chances=pair["chances"],
            share=pair["sent"] / pair["chances"],
            expected=pair["expected"],
        )
        for pair in pairs
    ]


def draws_to_rehearse() -> QuerySet[Draw]:
    """Draws that have not frozen yet; rehearsals on invented firms need no report."""
    return Draw.objects.filter(state=DrawState.SEATS, is_rehearsal=False).select_related(
        "campaign__plan__department__region"
    )
