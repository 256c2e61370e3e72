"""The table in which wrong codes are counted (ADR 0022): no model, nothing in it lasts longer than minutes."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("draws", "0004_withdrawn_invitations")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
