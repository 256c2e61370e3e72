"""The trail and its published heads are only ever added to."""

from django.db import migrations

from mingcha.kit.triggers import guard


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        guard("audit_entry_never_changes", table="audit_entry", event="UPDATE", message="留痕不能修改"),
        guard("audit_entry_never_goes", table="audit_entry", event="DELETE", message="留痕不能删除"),
        guard("audit_head_never_changes", table="audit_dayhead", event="UPDATE", message="已公布的链头不能修改"),
        guard("audit_head_never_goes", table="audit_dayhead", event="DELETE", message="已公布的链头不能删除"),
        guard(
            "audit_chain_never_shrinks",
            table="audit_chain",
            event="UPDATE",
            when="NEW.count < OLD.count",
            message="留痕链不能缩短",
        ),
        guard("audit_chain_never_goes", table="audit_chain", event="DELETE", message="留痕链不能删除"),
    ]
