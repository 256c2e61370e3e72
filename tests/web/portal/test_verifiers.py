"""The offline verifiers are handed out as they were built, with their digests."""

from hashlib import sha256

import pytest

from mingcha.web.portal import verifiers

FILES = {"/verifier.html": ("fairdraw.html", b"<!doctype html>"), "/fairdraw.pyz": ("fairdraw.pyz", b"PK")}

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(settings, tmp_path):
    """A build folder of our own."""
    settings.ROOT = tmp_path
    (tmp_path / "build").mkdir()
    for name, content in FILES.values():
        (tmp_path / "build" / name).write_bytes(content)
    return tmp_path / "build"


@pytest.mark.parametrize("address", FILES)
def test_a_verifier_is_saved_not_opened(browse, built, address):
    name, content = FILES[address]
    answer = browse().get(address)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.content == content
    assert browse().post(address).status_code == 405


def test_the_digests_are_those_of_what_is_handed_out_also_after_the_next_build(built):
    digests = [sha256(content).hexdigest() for _, content in FILES.values()]
    assert verifiers.verifier_digests() == tuple(digests)
    (built / "fairdraw.html").write_bytes(b"newer")
    assert verifiers.verifier_digests().page == sha256(b"newer").hexdigest()


@pytest.mark.parametrize("address", FILES)
def test_where_nothing_was_built_there_is_no_link_and_no_file(browse, built, address):
    (built / FILES[address][0]).unlink()
    assert verifiers.verifier_digests() is None
    assert browse().get(address).status_code == 404
