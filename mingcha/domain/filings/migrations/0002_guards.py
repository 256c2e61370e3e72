"""What was handed in, and what was answered, stays as it was."""

from django.db import migrations

from mingcha.kit.triggers import guard

REWRITTEN = (
    "OLD.sent_at IS NOT NULL AND (NEW.digest <> OLD.digest OR NEW.content <> OLD.content OR NEW.rule <> OLD.rule"
    " OR NEW.kind <> OLD.kind OR NEW.about <> OLD.about OR NEW.title <> OLD.title"
    " OR NEW.department_id <> OLD.department_id OR NEW.body <> OLD.body OR NEW.sector <> OLD.sector"
    " OR NEW.year <> OLD.year)"
)
RESEALED = "OLD.state IN ('SENT', 'ACKNOWLEDGED', 'WITHDRAWN') AND (NEW.scan <> OLD.scan OR NEW.scan_sha256 <> OLD.scan_sha256)"
REOPENED = "OLD.state IN ('ACKNOWLEDGED', 'WITHDRAWN') AND NEW.state <> OLD.state"


class Migration(migrations.Migration):
    dependencies = [("filings", "0001_initial")]

    operations = [
        guard("filings_sent_stays", table="filings_filing", event="UPDATE", when=REWRITTEN, message="报送过的内容不能修改"),
        guard("filings_scan_stays", table="filings_filing", event="UPDATE", when=RESEALED, message="报送过的扫描件不能更换"),
        guard("filings_answer_stays", table="filings_filing", event="UPDATE", when=REOPENED, message="已备案、已撤回的报备不能改变状态"),
        guard("filings_filing_never_goes", table="filings_filing", event="DELETE", message="报备不能删除"),
        guard("filings_receipt_stays", table="filings_receipt", event="UPDATE", message="回执不能修改"),
        guard("filings_receipt_never_goes", table="filings_receipt", event="DELETE", message="回执不能删除"),
    ]
