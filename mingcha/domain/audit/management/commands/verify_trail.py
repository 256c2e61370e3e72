"""`manage.py verify_trail [--heads FILE]`: does the whole trail still hold?"""

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mingcha.domain.audit import queries, rules
from mingcha.domain.audit.models import DayHead


class Command(BaseCommand):
    """Walks every chain from its first entry and names the first one that does not hold."""

    help = "checks the trail against the published heads"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--heads", type=Path, help="heads.csv as saved from the portal, instead of our own table")

    def handle(self, *args: object, **options: object) -> None:
        saved = options["heads"]
        heads = read_heads(saved) if isinstance(saved, Path) else queries.known_heads()
        breaks = rules.breaks(queries.chain_names(), lambda name: queries.entries_on_chain(name).iterator(2000), heads)
        if breaks:
            lines = [_("链 %s 第 %d 条：%s") % (b.chain, b.number, b.reason) for b in breaks]
            raise CommandError("\n".join(lines), returncode=1)
        for chain in queries.chains():
            self.stdout.write(_("链 %s 完整，共 %d 条，链头 %s") % (chain.name, chain.count, chain.head))


def read_heads(path: Path) -> list[DayHead]:
    """Rows chain,on,count,head of the portal's file; refuses in words what is not such a file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [
                DayHead(chain=r["chain"], on=date.fromisoformat(r["on"]), count=int(r["count"]), head=r["head"])
                for r in csv.DictReader(file)
            ]
    except (OSError, KeyError, ValueError) as fault:
        raise CommandError(_("读不懂链头文件 %s：%s") % (path.name, fault), returncode=2) from fault
