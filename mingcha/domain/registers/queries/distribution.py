"""检查对象分布结构 (巴南 三（一）): how many there are of what kind, where, how risky, for which items; no names."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear, Substr

from mingcha.domain.catalogue.models import InspectionItem, ItemClass, KeySector
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.organisation.models import Region
from mingcha.domain.policy.queries import profiles_of
from mingcha.domain.policy.rules import Clause, clause_of, has_clause
from mingcha.domain.registers.models import ItemLink, Pool, Register, RegisterKind, Subject
from mingcha.domain.registers.queries.subjects import firms_in
from mingcha.domain.registers.states import SubjectState

PRESENT = (SubjectState.OPEN, SubjectState.STALE)
AGES = ((1, "0"), (3, "1"), (5, "3"), (10, "5"))  # years since its founding: up to → from
OLDEST, UNKNOWN = "10", ""
STEPS = (
    "base_records_due_once",
    "inspector_register_due_once",
    "joint_subject_register_due_once",
    "joint_inspector_pool_due_once",
)
Counted = Mapping[str, int]


@dataclass(frozen=True)
class Distribution:
    """Of the firms that may be drawn: each key is a code of its list, each value how many."""

    total: int
    categories: Counted
    risks: Counted
    both: Mapping[tuple[str, str], int]  # category and risk
    divisions: Counted  # of the industry, by its first two characters
    regions: Counted
    areas: Counted
    ages: Counted


def present_in(region: Region) -> QuerySet[Subject]:
    """The firms of a region that may be drawn, each once."""
    return firms_in(region).filter(state__in=PRESENT)


def distribution_of(rows: QuerySet[Subject], *, on: date) -> Distribution:
    """How these firms are spread, in five statements however many they are."""
    rows = rows.order_by()
    both = {(kind, risk): number for kind, risk, number in rows.values_list("category", "risk").annotate(Count("pk"))}
    divisions = rows.annotate(division=Substr("industry", 1, 2)).values_list("division").annotate(Count("pk"))
    ages: Counter[str] = Counter()
    founded = rows.annotate(year=ExtractYear("established_on")).values_list("year").annotate(Count("pk"))
    for year, number in founded:
        ages[_age(year, on)] += number
    return Distribution(
        total=sum(both.values()),
        categories=_summed((kind, number) for (kind, _risk), number in both.items()),
        risks=_summed((risk, number) for (_kind, risk), number in both.items()),
        both=both,
        divisions=dict(divisions),
        regions=dict(rows.values_list("region").annotate(Count("pk"))),
        areas=dict(rows.values_list("area").annotate(Count("pk"))),
        ages=ages,
    )


def _summed(pairs: Iterable[tuple[str, int]]) -> Counted:
    found: Counter[str] = Counter()
    for key, number in pairs:
        found[key] += number
    return found


def _age(year: int | None, on: date) -> str:
    if year is None:
        return UNKNOWN
    return next((start for end, start in AGES if on.year - year < end), OLDEST)


@dataclass(frozen=True)
class Linked:
    """One class of items: how many items of the region are of it, how many firms may be inspected for one of them."""

    key: str
    items: int
    firms: int


def linked_by_key_sector(region: Region, rows: QuerySet[Subject]) -> list[Linked]:
    """The five sectors to watch most (于都 二（二）), those with nothing too."""
    return [_linked(sector.value, Q(key_sector=sector), region, rows) for sector in KeySector]


def linked_by_flags(region: Region, rows: QuerySet[Subject]) -> list[Linked]:
    """By the two flags of every item (于都 二（二）): market regulation or not, general or key."""
    classes = [_linked(one.value, Q(item_class=one), region, rows) for one in ItemClass]
    market = [
        _linked(key, Q(market_regulation=flag), region, rows) for key, flag in (("MARKET", True), ("REST", False))
    ]
    return [*market, *classes]


def _linked(key: str, wanted: Q, region: Region, rows: QuerySet[Subject]) -> Linked:
    items = items_in_force(region=region).filter(wanted)
    return Linked(key, items.count(), rows.filter(pk__in=links_to(items).values("subject")).order_by().count())


def links_to(items: QuerySet[InspectionItem]) -> QuerySet[ItemLink]:
    """The links of some items, by department and code as the index has them."""
    codes: dict[int, list[str]] = {}
    for department, code in items.order_by().values_list("item_list__department", "code"):
        codes.setdefault(department, []).append(code)
    linked = Q(pk__in=[])
    for department, some in codes.items():
        linked |= Q(department=department, item_code__in=some)
    return ItemLink.objects.filter(linked)


@dataclass(frozen=True)
class Step:
    """分步实施: what a sector has by now; None where it has none yet."""

    name: str
    lead: str
    register: Register | None
    pool: Pool | None


def phases_of(region: Region, *, on: date) -> dict[str, Clause]:
    """The dates by which the rules of a place want registers to stand; empty where they name none."""
    for profile in profiles_of(region).filter(effective_from__lte=on)[:1]:
        return {key: clause_of(profile, key) for key in (*STEPS, "key_sectors", "sectors") if has_clause(profile, key)}
    return {}


def sector_steps(region: Region, sectors: Clause | None) -> list[Step]:
    """Each sector that the rules name, then those that only a register or a pool here names."""
    registers = Register.objects.filter(region=region, kind=RegisterKind.SECTOR).annotate(size=Count("entries"))
    pools = Pool.objects.filter(region=region).exclude(sector="")
    lent = Q(members__left_on=None, members__agreed_by__isnull=False)
    special = {register.sector: register for register in registers.order_by("-pk")}
    joint = {pool.sector: pool for pool in pools.annotate(size=Count("members", filter=lent)).order_by("-pk")}
    named = {sector.name: sector.lead for sector in sectors.sectors} if sectors is not None else {}
    everyone = {**named, **{name: "" for name in [*special, *joint] if name not in named}}
    return [Step(name, lead, special.get(name), joint.get(name)) for name, lead in everyone.items()]
