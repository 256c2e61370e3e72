"""The laws behind the lists: entered by the legal reviewer, linked by each department, benchmarks for one item."""

from datetime import datetime

from demo.items import Item
from demo.laws import LAWS, bases_in
from mingcha.domain.catalogue.actions.laws import add_basis, enter_law
from mingcha.domain.catalogue.models import InspectionItem, Law
from mingcha.domain.organisation.models import User
from scripts.county.setting import Setting


def enter_laws(setting: Setting, *, days: int) -> dict[str, Law]:
    """Title → law."""
    at, by = setting.at(days, 8), setting.users["fazhi"]
    return {
        law.title: enter_law(title=law.title, level=law.level, effective_on=law.effective_on, by=by, at=at)
        for law in LAWS
    }


def rest_on(item: InspectionItem, written: Item, laws: dict[str, Law], *, by: User, at: datetime) -> None:
    """Link an item of a draft to the articles that its words name."""
    for title, article in bases_in(written.legal_basis):
        add_basis(item, law=laws[title], article=article, by=by, at=at)
