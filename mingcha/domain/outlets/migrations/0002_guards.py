"""What was given to an outlet, and what the outlet answered, stays as it was."""

from django.db import migrations

from mingcha.kit.triggers import guard

REWRITTEN = (
    "NEW.content <> OLD.content OR NEW.digest <> OLD.digest OR NEW.about <> OLD.about OR NEW.outlet <> OLD.outlet"
    " OR NEW.revision <> OLD.revision OR NEW.kind <> OLD.kind OR NEW.title <> OLD.title"
    " OR NEW.department_id <> OLD.department_id OR NEW.rule <> OLD.rule"
)
UNSAID = (
    "OLD.state = 'DELIVERED' AND (NEW.state <> OLD.state OR NEW.delivered_at <> OLD.delivered_at"
    " OR OLD.receipt_number <> '' AND NEW.receipt_number <> OLD.receipt_number"
    # Only an address that a person entered is corrected, and by a person.
    " OR OLD.public_address <> '' AND NEW.public_address <> OLD.public_address"
    " AND (OLD.entered_by_id IS NULL OR NEW.entered_by_id IS NULL OR NEW.public_address = '')"
    " OR OLD.public_address <> '' AND OLD.entered_by_id IS NULL AND NEW.entered_by_id IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("outlets", "0001_initial")]

    operations = [
        guard("outlets_content_stays", table="outlets_delivery", event="UPDATE", when=REWRITTEN, message="送公示渠道的内容不能修改"),
        guard("outlets_posting_stays", table="outlets_delivery", event="UPDATE", when=UNSAID, message="公示渠道的回执不能修改"),
        guard("outlets_delivery_never_goes", table="outlets_delivery", event="DELETE", message="公示渠道的送达记录不能删除"),
    ]
