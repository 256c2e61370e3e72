"""Every page of every audience opens for those it is for, without barriers, on a desk and on a phone."""

import pytest

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.ways import visit

PUBLIC = [
    "/",
    "/about/",
    "/items/",
    "/items/compare/",
    "/items/joint/",
    "/rulebooks/",
    "/inspectors/",
    "/registers/",
    "/openness/",
    "/plans/",
    "/draws/",
    "/notices/",
    "/results/",
    "/firms/?q=示范",
    "/trail/",
    "/login/",
]
DESK_OF = {
    "shijian-jingban": [
        "/desk/",
        "/desk/items/",
        "/desk/items/laws/",
        "/desk/items/frozen/",
        "/desk/items/discretion/",
        "/desk/items/powers/",
        "/desk/items/reconciliation/",
        "/desk/items/succession/",
        "/desk/rulebooks/",
        "/desk/filings/",
        "/desk/filings/due/",
        "/desk/registers/",
        "/desk/registers/inspectors/",
        "/desk/registers/imports/",
        "/desk/registers/imports/new/",
        "/desk/registers/links/",
        "/desk/registers/sets/",
        "/desk/registers/signals/",
        "/desk/registers/pools/",
        "/desk/registers/sharing/",
        "/desk/registers/quality/",
        "/desk/registers/quality/structure/",
        "/desk/policy/compare/",
        "/desk/policy/what-if/",
        "/desk/plans/",
        "/desk/campaigns/",
        "/desk/draws/",
        "/desk/inspections/",
        "/desk/publication/",
        "/desk/publication/outlets/",
        "/desk/items/alike/",
        "/desk/duties/",
        "/desk/policy/",
    ],
    "shenji": ["/desk/", "/desk/trail/"],
    "xitong": ["/desk/", "/desk/accounts/", "/desk/accounts/departments/"],
    "shijian-01": ["/m/"],
}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_public_pages_have_no_barrier_and_do_not_scroll_sideways(traveller, size):
    citizen = traveller(size)
    for path in PUBLIC:
        page = citizen.goes(path)
        citizen.has_no_barrier()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


@pytest.mark.parametrize("username", DESK_OF)
def test_staff_pages_have_no_barrier(traveller, username):
    person = traveller(PHONE if username == "shijian-01" else DESK)
    person.signs_in(username)
    for path in DESK_OF[username]:
        answer = visit(person.page, person.county.address + path)
        assert answer is not None and answer.status == 200, path
        person.has_no_barrier()
