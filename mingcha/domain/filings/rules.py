"""Whether a filing may be sent, accepted or returned. Pure: no query, no clock."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.states import FilingState
from mingcha.domain.policy.rules import Clause
from mingcha.kit.digests import canonical_json, sha256_hex
from mingcha.kit.errors import Refused

LONGEST_NUMBER = 60


def digest_of(content: Mapping[str, object]) -> str:
    """The digest of what is filed."""
    return sha256_hex(canonical_json(dict(content)))


def rule_of(clause: Clause | None) -> dict[str, object]:
    """The clause a filing rests on, as the copy that it keeps."""
    return {} if clause is None else {"key": clause.key, "place": clause.place, "words": clause.words}


def check_sendable(filing: Filing) -> None:
    """Refuse what has been sent, received or withdrawn."""
    if filing.state not in (FilingState.PREPARED, FilingState.RETURNED):
        raise Refused(_("这份报备现在是“%s”，不能再报送") % filing.get_state_display())


def check_answerable(filing: Filing) -> None:
    """Refuse an answer to what has not been sent or has been answered."""
    if filing.state != FilingState.SENT:
        raise Refused(_("这份报备现在是“%s”，不能接收或退回") % filing.get_state_display())


def check_number(number: str) -> None:
    """A receipt carries the number that the recipient's own book gives it."""
    if not number.strip():
        raise Refused(_("缺备案号，按接收机构的登记簿填写"), field="number")
    if len(number.strip()) > LONGEST_NUMBER:
        raise Refused(_("备案号超过 %d 个字，核对后填写") % LONGEST_NUMBER, field="number")


def check_return_reason(reason: str) -> None:
    """A return says what has to be put right."""
    if not reason.strip():
        raise Refused(_("没有写退回理由，写明要补正什么"), field="reason")
