"""Whether a filing may be prepared, sent, accepted or returned."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from mingcha.domain.filings.models import Filing
from mingcha.domain.policy.rules import Clause, words_of
from mingcha.kit.digests import canonical_json, sha256_hex
from mingcha.kit.errors import Refused

LONGEST_NUMBER = 60


def digest_of(content: Mapping[str, object]) -> str:
    """The digest of what is filed."""
    return sha256_hex(canonical_json(dict(content)))


def rule_of(clause: Clause | None, *, forms: Clause | None = None) -> dict[str, object]:
    """The clause a filing rests on, and the form in which it is handed over, as the copy that it keeps."""
    said: dict[str, object] = {}
    if clause is not None:
        said |= {"key": clause.key, "place": clause.place, "words": clause.words, "value": words_of(clause)}
    if forms is not None:
        said |= {"forms": list(forms.codes), "forms_place": forms.place, "forms_words": words_of(forms)}
    return said


def filing_in_place(present: Filing | None, accepted: Filing | None, *, digest: str) -> Filing | None:
    """The filing that this content already has with the body; refused while another content is under way."""
    if present is not None and present.digest != digest:
        raise Refused(
            _("《%(title)s》已向%(body)s形成报备（%(state)s），内容与现在不同；先撤回那一份")
            % {"title": present.title, "body": present.body_name, "state": present.get_state_display()}
        )
    if present is not None:
        return present
    return accepted if accepted is not None and accepted.digest == digest else None


def check_sendable(filing: Filing) -> None:
    """Refuse what has been sent, received or withdrawn."""
    if not filing.is_sendable:
        raise Refused(_("这份报备现在是“%s”，不能再报送") % filing.get_state_display())


def check_answerable(filing: Filing) -> None:
    """Refuse an answer to what has not been sent or has been answered."""
    if not filing.is_sent:
        raise Refused(_("这份报备现在是“%s”，不能接收或退回") % filing.get_state_display())


def check_answerer(filing: Filing, *, answerer_id: int) -> None:
    """Whoever handed it in does not receive it as well; a paper receipt is entered by whoever files."""
    if filing.recipient is not None and filing.sent_by_id == answerer_id:
        raise Refused(_("报送人不能接收或退回自己报送的报备，由接收部门的另一人办理"))


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
