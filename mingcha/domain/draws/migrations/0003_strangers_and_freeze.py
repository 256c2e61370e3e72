"""Strangers' requests take no name from the office's guests; what a freeze decided about signing and sizes stays."""

from django.db import migrations, models

from mingcha.kit.triggers import guard

DECIDED = "OLD.rules_digest <> '' AND (NEW.signatories <> OLD.signatories OR NEW.forecast <> OLD.forecast OR NEW.unstaffed_reason <> OLD.unstaffed_reason)"


class Migration(migrations.Migration):
    dependencies = [("draws", "0002_guards")]

    operations = [
        migrations.RemoveConstraint("invitation", "draws_invited_once"),
        migrations.AddConstraint(
            "invitation",
            models.UniqueConstraint(
                fields=["draw", "name", "unit", "asked_by_citizen"], name="draws_invited_once"
            ),
        ),
        guard("draws_freeze_stays", table="draws_draw", event="UPDATE", when=DECIDED, message="抽取的既定内容不能修改"),
    ]
