"""Sealing a filing and handing it in."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.filings import rules
from mingcha.domain.filings.actions.keeping import kept
from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.rules import ScanFile
from mingcha.domain.filings.states import FilingState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.organisation.queries import body_for
from mingcha.kit.action import action
from mingcha.kit.digests import sha256_hex
from mingcha.kit.locking import locked


@action
def attach_scan(filing: Filing, *, scan: ScanFile, by: User, at: datetime) -> Filing:
    """盖章扫描件: put the sealed paper with a filing that is not under way; another one takes its place."""
    require(by, Permission.FILING_SEND, within=filing.department)
    filing = locked(filing)
    rules.check_sealable(filing)
    form = rules.check_scan(scan)
    digest = sha256_hex(scan.content)
    if digest == filing.scan_sha256:
        return filing
    before = filing.scan_sha256
    filing.scan, filing.scan_sha256 = kept(scan, form), digest
    filing.save(update_fields=["scan", "scan_sha256"])
    details = {"sha256": digest, "file": scan.file_name[:200], "size": len(scan.content), "before": before}
    record("filings.sealed", filing, by=by, at=at, details=details)
    return filing


@action
def send_filing(filing: Filing, *, by: User, at: datetime) -> Filing:
    """Hand it in, for the first time or again after a return. A body that was named since receives it."""
    require(by, Permission.FILING_SEND, within=filing.department)
    filing = locked(filing)
    rules.check_sendable(filing)
    rules.check_sealed(filing)
    if filing.recipient is None:
        filing.recipient = body_for(filing.department.region, filing.body, sector=filing.sector)
    filing.move_to(FilingState.SENT)
    filing.sent_by, filing.sent_at = by, at
    filing.save(update_fields=["state", "sent_by", "sent_at", "recipient"])
    details = {"body": filing.body, "sha256": filing.digest, "scan": filing.scan_sha256}
    record("filings.sent", filing, by=by, at=at, details=details)
    return filing
