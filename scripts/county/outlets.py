"""Where the lists stand besides here: put up by hand on one outlet, waiting for somebody on the other."""

from mingcha.domain.outlets.actions import enter_posting
from mingcha.domain.outlets.jobs import prepare_new_editions
from mingcha.domain.outlets.models import Delivery
from scripts.county.setting import Setting

DONE = "CREDIT_PUBLICITY"
BY = "shijian"  # the other departments have not come to it yet


def publish_elsewhere(setting: Setting, *, days: int) -> None:
    """What the rules name is laid ready; the lead's papers are on the publicity system, the local site still waits."""
    prepare_new_editions(setting.at(days, 8))
    rows = Delivery.objects.filter(outlet=DONE, department=setting.departments[BY]).order_by("pk")
    for number, row in enumerate(rows, start=1):
        enter_posting(
            row,
            address=f"https://publicity.example.invalid/lists/{number}",
            on=setting.day(days + 1),
            number=f"示公示〔{setting.day(days).year}〕{number}号",
            by=setting.handler(BY),
            at=setting.at(days + 1, 10, number),
        )
