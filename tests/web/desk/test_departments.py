"""部门, the sealing key and switched-off accounts at the desk."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse
from nacl.public import PrivateKey

from mingcha.domain.organisation.models import Department, Role, User
from mingcha.kit.digests import sha256_hex
from tests.factories import draws
from tests.factories import organisation as make
from tests.factories.organisation import code_for, unguarded

pytestmark = pytest.mark.django_db

REPOSITORY = Path(__file__).resolve().parents[3]
KEY = bytes(PrivateKey(b"\x07" * 32).public_key).hex()
OTHER_KEY = bytes(PrivateKey(b"\x08" * 32).public_key).hex()
LIST, NEW = "desk:department_list", "desk:department_open"

PAIR = """
import nacl from "tweetnacl";
import { keyPair } from "./mingcha/web/desk/static/desk/key.js";
process.stdout.write(JSON.stringify(keyPair(nacl)));
"""


def page_of(name: str, department: Department) -> str:
    return reverse(f"desk:department_{name}", args=[department.pk])


def sent(**changes) -> dict:
    return {
        "code": "water",
        "uscc": code_for(60),
        "name": "明察示范县水利局",
        "short_name": "水利局",
        "region": "990000",
    } | changes


def test_only_the_keeper_opens_the_pages(cast, browse):
    pages = [reverse(LIST), reverse(NEW), page_of("amend", cast.market)]
    for person in (cast.handler, cast.approver, cast.auditor, cast.supervisor, cast.discipline, cast.stranger):
        assert [browse(person).get(page).status_code for page in pages] == [403, 403, 403], person.username
    assert [browse(cast.keeper).get(page).status_code for page in pages] == [200, 200, 200]
    assert [browse().get(page).status_code for page in pages] == [302, 302, 302]
    assert browse(cast.keeper).post(reverse(LIST)).status_code == 405


def test_the_list_shows_the_own_county_and_is_searched(cast, browse):
    client = browse(cast.keeper)
    assert {d.code for d in client.get(reverse(LIST)).context["page"]} == {"market", "fire", "discipline", "justice"}
    assert [d.code for d in client.get(reverse(LIST), {"q": "消防"}).context["page"]] == ["fire"]
    assert [d.code for d in client.get(reverse(LIST), {"region": "980000"}).context["page"]] == []
    assert "没有符合条件的部门" in client.get(reverse(LIST), {"q": "zzz"}).content.decode()
    assert {d.code: d.accounts for d in client.get(reverse(LIST)).context["page"]}["fire"] == 2


def test_the_list_costs_the_same_whatever_its_length(cast, browse, django_assert_max_num_queries):
    for number in range(60):
        make.department(f"many{number}", f"第{number}局", 100 + number)
    client = browse(cast.keeper)
    with django_assert_max_num_queries(20):
        client.get(reverse(LIST))


def test_a_department_is_opened_and_once_only(cast, browse):
    client = browse(cast.keeper)
    assert client.post(reverse(NEW), sent(uscc=code_for(60).lower())).url == reverse(LIST)
    assert Department.objects.get(code="water").region == cast.region
    again = client.post(reverse(NEW), sent())
    assert again.status_code == 422
    assert "已经有部门用了" in again.context["form"].errors["code"][0]


@pytest.mark.parametrize(
    ("field", "value"), [("code", "Water"), ("code", "public"), ("uscc", "11990000000000017O"), ("region", "980000")]
)
def test_a_fault_is_shown_at_its_field(cast, browse, field, value):
    answer = browse(cast.keeper).post(reverse(NEW), sent(**{field: value}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Department.objects.filter(name="明察示范县水利局").exists()


def test_a_keeper_of_one_department_is_offered_no_region(cast, browse):
    small = make.user("smallkeeper", Role.SYSTEM_KEEPER, within=cast.market)
    assert reverse(NEW) not in browse(small).get(reverse(LIST)).content.decode()
    assert browse(small).post(reverse(NEW), sent()).status_code == 422


def test_a_department_is_renamed(cast, browse):
    client, address = browse(cast.keeper), page_of("amend", cast.fire)
    assert client.post(address, {"name": "明察示范县消防局", "short_name": "消防局"}).url == reverse(LIST)
    again = client.post(address, {"name": "明察示范县消防局", "short_name": "消防局"})
    assert again.status_code == 422
    assert "都没有改动" in again.context["form"].errors["name"][0]
    assert client.get(page_of("amend", cast.stranger.department)).status_code == 404


# ---- the sealing key ---------------------------------------------------------------------------------------


def test_the_key_page_is_for_the_officer_and_the_keeper(cast, browse):
    address = page_of("key", cast.discipline_body)
    for person in (cast.discipline, cast.keeper):
        assert browse(person).get(address).status_code == 200, person.username
    for person in (cast.handler, cast.auditor, cast.supervisor, cast.stranger):
        assert browse(person).get(address).status_code == 404, person.username
        assert browse(person).post(address, {"key": KEY}).status_code == 404, person.username
    assert browse(cast.discipline).get(page_of("key", cast.market)).status_code == 404
    assert browse().get(address).status_code == 302
    assert browse(cast.keeper).put(address).status_code == 405


def test_the_officer_registers_the_key_and_reads_its_fingerprint(cast, browse):
    client, address = browse(cast.discipline), page_of("key", cast.discipline_body)
    empty = client.get(address).content.decode()
    assert "还没有登记公钥" in empty and "<noscript>" in empty
    spaced = " ".join(KEY[i : i + 4] for i in range(0, 64, 4)).upper()
    assert client.post(address, {"key": spaced}).url == address
    assert Department.objects.get(code="discipline").sealing_key == KEY
    shown = client.get(address)
    assert shown.context["fingerprint"] == sha256_hex(KEY)[:32]
    assert sha256_hex(KEY)[:4] in shown.content.decode()


@pytest.mark.parametrize(("key", "words"), [("ab", "64 位十六进制"), ("00" * 32, "密封不住"), ("", "")])
def test_a_wrong_key_is_refused_at_its_field(cast, browse, key, words):
    answer = browse(cast.discipline).post(page_of("key", cast.discipline_body), {"key": key})
    assert answer.status_code == 422
    assert words in answer.context["form"].errors["key"][0]
    assert not Department.objects.exclude(sealing_key="").exists()


def test_a_department_without_an_officer_says_what_is_missing(cast, browse):
    client, address = browse(cast.keeper), page_of("key", cast.market)
    page = client.get(address).content.decode()
    assert "还没有纪检监察人员" in page and "data-save" not in page
    assert client.post(address, {"key": KEY}).status_code == 422


def test_another_key_is_confirmed_first_and_the_open_draws_are_counted(cast, browse):
    draw = draws.draw_at(cast, "FROZEN")
    body = Department.objects.get(code="discipline")
    client, address = browse(cast.discipline), page_of("key", body)
    asked = client.post(address, {"key": OTHER_KEY})
    assert asked.status_code == 200
    assert (asked.context["old"], asked.context["new"]) == (
        sha256_hex(body.sealing_key)[:32],
        sha256_hex(OTHER_KEY)[:32],
    )
    assert "有 1 次抽取已冻结、还没有结果" in asked.content.decode()
    body.refresh_from_db()
    assert body.sealing_key != OTHER_KEY
    assert client.post(address, {"key": OTHER_KEY, "replaces": body.sealing_key}).url == address
    before = draw.sealing_key
    body.refresh_from_db()
    draw.refresh_from_db()
    assert (body.sealing_key, draw.sealing_key) == (OTHER_KEY, before)


def test_a_confirmation_of_another_key_than_the_present_one_asks_again(cast, browse):
    with unguarded():
        Department.objects.filter(code="discipline").update(sealing_key=KEY)
    client, address = browse(cast.discipline), page_of("key", cast.discipline_body)
    assert client.post(address, {"key": OTHER_KEY, "replaces": "11" * 32}).status_code == 200
    assert Department.objects.get(code="discipline").sealing_key == KEY
    same = client.post(address, {"key": KEY})
    assert same.status_code == 422
    assert "就是现在登记的公钥" in same.context["form"].errors["key"][0]


def test_the_pair_made_in_the_browser_belongs_together():
    node = shutil.which("node")
    assert node, "node is missing: install Node 20 or later"
    ran = subprocess.run(
        [node, "--input-type=module", "--eval", PAIR],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    pair = json.loads(ran.stdout)
    assert len(pair["privateFile"]) == 65 and pair["privateFile"].endswith("\n")
    private = PrivateKey(bytes.fromhex(pair["privateFile"].strip()))
    assert bytes(private.public_key).hex() == pair["publicKey"]


# ---- accounts ----------------------------------------------------------------------------------------------


def act_on(name: str, person: User) -> str:
    return reverse(f"desk:account_{name}", args=[person.pk])


def test_an_account_is_switched_off_at_once_and_on_again(cast, browse):
    keeper, person = browse(cast.keeper), browse(cast.handler)
    assert person.get(reverse("desk:home")).status_code == 200
    assert keeper.post(act_on("deactivate", cast.handler)).url == act_on("detail", cast.handler)
    assert person.get(reverse("desk:home")).status_code == 302
    assert "启用账号" in keeper.get(act_on("detail", cast.handler)).content.decode()
    keeper.post(act_on("reactivate", cast.handler))
    assert User.objects.get(pk=cast.handler.pk).is_active


def test_accounts_are_switched_by_the_keeper_of_the_place_and_by_no_link(cast, browse):
    for name in ("deactivate", "reactivate"):
        assert browse(cast.approver).post(act_on(name, cast.handler)).status_code == 403
        assert browse(cast.keeper).post(act_on(name, cast.stranger)).status_code == 404
        assert browse(cast.keeper).get(act_on(name, cast.handler)).status_code == 405
    assert User.objects.filter(is_active=False).count() == 0


def test_the_own_account_has_no_button_and_is_not_switched_off(cast, browse):
    client = browse(cast.keeper)
    assert "停用账号" not in client.get(act_on("detail", cast.keeper)).content.decode()
    answer = client.post(act_on("deactivate", cast.keeper))
    assert answer.status_code == 409
    assert "不能停用自己的账号" in answer.content.decode()
    assert User.objects.get(pk=cast.keeper.pk).is_active
