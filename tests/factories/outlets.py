"""Editions of the demo county, and what its outlets were given."""

from collections.abc import Sequence
from datetime import date, datetime
from types import SimpleNamespace

from mingcha.domain.catalogue.models import ChangeNote, ItemList, JointItem, JointList, Rulebook, RulebookChapter
from mingcha.domain.organisation.models import User
from mingcha.domain.outlets.actions import begin_try, enter_posting
from mingcha.domain.outlets.jobs import prepare_corrections
from mingcha.domain.outlets.models import Delivery
from mingcha.kit.actors import SYSTEM
from tests.conftest import NOON
from tests.factories import laws, rulebooks
from tests.factories.guards import past_the_guards
from tests.factories.organisation import unguarded

ADDRESS = "https://credit.example.invalid/lists/1"
TODAY = date(2026, 11, 23)


def edition(cast: SimpleNamespace, codes: Sequence[str] = ("M-01", "M-02"), **values: object) -> ItemList:
    """A list in force of the market office."""
    return laws.item_list(cast.market, cast.handler, codes, **values)


def second_edition(cast: SimpleNamespace, first: ItemList) -> ItemList:
    """M-01 has another ratio, M-02 is gone, M-03 is new; the change of the ratio has a reason of its own."""
    with unguarded():
        ItemList.objects.filter(pk=first.pk).update(state="SUPERSEDED")
    second = edition(cast, (), edition=2, change_reason="PRACTICE", change_note="县司法局年度清理")
    laws.item(second, "M-01", ratio_text="5%")
    laws.item(second, "M-03")
    with past_the_guards("catalogue_changenote"):
        ChangeNote.objects.create(item_list=second, code="M-01", reason="LAW", note="《示范条例》2026年修订第一条")
    return second


def joint_list(cast: SimpleNamespace, under: ItemList, batch: int = 2) -> JointList:
    """A batch in force with the first item of an edition."""
    with unguarded():
        joint = JointList.objects.create(
            region=cast.region,
            sector="市场监管",
            batch=batch,
            department=cast.market,
            state="IN_FORCE",
            drafted_by=cast.handler,
            in_force_at=NOON,
        )
    said = {"project": "示范项目", "basis": "《示范条例》", "body": "示范局", "content": "看", "authority": "县级"}
    with past_the_guards("catalogue_jointitem"):
        JointItem.objects.create(joint_list=joint, item=under.items.order_by("code")[0], **said)
    return joint


def rulebook(cast: SimpleNamespace, number: int = 1, text: str = "方法", *, state: str = "IN_FORCE") -> Rulebook:
    """An edition of the market office's rulebook with one chapter."""
    with unguarded():
        made = Rulebook.objects.create(
            department=cast.market,
            edition=number,
            title="实施细则",
            state=state,
            drafted_by=cast.handler,
            in_force_at=NOON,
        )
    settings = rulebooks.SETTINGS["METHODS"]
    with past_the_guards("catalogue_rulebookchapter"):
        RulebookChapter.objects.create(rulebook=made, code="METHODS", position=1, text=text, settings=settings)
    return made


def prepared(cast: SimpleNamespace, at: datetime = NOON, outlet: str = "CREDIT_PUBLICITY") -> Delivery:
    """An edition of the market office laid ready; the rules of the place must hold already."""
    edition(cast)
    prepare_corrections(at)
    return Delivery.objects.get(outlet=outlet)


def tried(delivery: Delivery, at: datetime = NOON) -> Delivery:
    return begin_try(delivery, by=SYSTEM, at=at)


def entered(delivery: Delivery, *, by: User, at: datetime = NOON, **changes: object) -> Delivery:
    return enter_posting(
        delivery, **{"address": ADDRESS, "on": TODAY, "number": "网〔2026〕1号", **changes}, by=by, at=at
    )
