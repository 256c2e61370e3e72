"""Which outlets have an interface is the operator's file; the token stands elsewhere and is shown nowhere."""

import os

import pytest

from mingcha.domain.organisation.models import Region
from mingcha.exchange.partners.publication_outlet import fault_of_configuration, outlet_for, token_of
from mingcha.kit.errors import Refused

COUNTY = Region(code="990103", name="示范县")
ELSEWHERE = Region(code="980103", name="邻县")
LINE = """[[outlet]]
code = "CREDIT_PUBLICITY"
region = "{region}"
name = "公示系统（{name}）"
address = "https://{name}.example.invalid/api"
{token}
"""


def line(region="990000", name="province", token='token_variable = "OUTLET_TOKEN"'):
    return LINE.format(region=region, name=name, token=token)


@pytest.fixture
def write(settings, tmp_path):
    def written(text: str):
        path = tmp_path / "outlets.toml"
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(len(text), hash(text) & 0xFFFFFFFF))
        settings.OUTLETS_FILE = path

    return written


def test_without_a_file_every_outlet_is_put_up_by_hand_under_the_name_of_the_rules(settings):
    settings.OUTLETS_FILE = None
    outlet = outlet_for("ENFORCEMENT_SITE", COUNTY)
    assert (outlet.name, outlet.has_interface, outlet.host) == ("省行政执法服务网", False, "")
    assert token_of("ENFORCEMENT_SITE", COUNTY) == ""


def test_the_line_of_the_place_itself_counts_before_that_of_the_places_around_it(write):
    write(line() + line("990103", "county") + line("990100", "city"))
    assert outlet_for("CREDIT_PUBLICITY", COUNTY).host == "county.example.invalid"
    assert outlet_for("CREDIT_PUBLICITY", Region(code="990104")).host == "city.example.invalid"
    assert outlet_for("CREDIT_PUBLICITY", Region(code="990204")).name == "公示系统（province）"
    assert not outlet_for("CREDIT_PUBLICITY", ELSEWHERE).has_interface
    assert not outlet_for("PORTAL", COUNTY).has_interface


def test_an_outlet_may_be_named_and_still_be_put_up_by_hand(write):
    write('[[outlet]]\ncode = "LOCAL_CREDIT"\nname = "信用示范"\n')
    assert outlet_for("LOCAL_CREDIT", COUNTY).name == "信用示范"
    assert not outlet_for("LOCAL_CREDIT", COUNTY).has_interface


def test_the_token_is_read_from_where_the_file_says(write, monkeypatch, tmp_path):
    monkeypatch.setenv("OUTLET_TOKEN", " a-secret ")
    write(line())
    assert token_of("CREDIT_PUBLICITY", COUNTY) == "a-secret"
    assert "a-secret" not in repr(outlet_for("CREDIT_PUBLICITY", COUNTY))
    secret = tmp_path / "token"
    secret.write_text("another\n", encoding="utf-8")
    write(line(token=f'token_file = "{secret}"'))
    assert token_of("CREDIT_PUBLICITY", COUNTY) == "another"
    secret.unlink()
    with pytest.raises(Refused, match="token_file"):
        token_of("CREDIT_PUBLICITY", COUNTY)


@pytest.mark.parametrize(
    "text",
    [
        "[[outlet]",
        '[[outlet]]\ncode = "NOWHERE_AT_ALL"\n',
        '[[outlet]]\ncode = "PORTAL"\naddress = "https://x.example.invalid"\n',
        '[[outlet]]\ncode = "PORTAL"\ntoken_variable = "A"\n',
        '[[outlet]]\ncode = "PORTAL"\ntoken = "a-secret"\n',
        '[[outlet]]\ncode = "PORTAL"\ntimeout = 0\n',
        '[[outlet]]\ncode = "PORTAL"\n[[outlet]]\ncode = "PORTAL"\n',
        "outlet = 7\n",
    ],
)
def test_a_file_with_a_fault_is_refused_whole_and_says_nothing_secret(write, text):
    write(text)
    fault = fault_of_configuration()
    assert "公示渠道配置文件" in fault
    assert "a-secret" not in fault
    with pytest.raises(Refused):
        outlet_for("PORTAL", COUNTY)


def test_a_file_that_is_not_there_is_said(settings, tmp_path):
    settings.OUTLETS_FILE = tmp_path / "missing.toml"
    assert "MINGCHA_OUTLETS_FILE" in fault_of_configuration()
