"""The heads of the trail, for everyone: whoever keeps a copy can tell later whether anything was rewritten."""

import csv
from datetime import timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.domain.audit.queries import chains, day_heads
from mingcha.domain.organisation.models import Department
from mingcha.kit.actors import SYSTEM

SHOWN = timedelta(days=30)


@require_GET
def heads(request: HttpRequest) -> HttpResponse:
    """Today's present heads and those of the last thirty days."""
    since, names = timezone.localdate() - SHOWN, chain_words()
    context = {
        "chains": [(names.get(chain.name, chain.name), chain) for chain in chains()],
        "days": [
            (on, [(names.get(head.chain, head.chain), head) for head in heads])
            for on, heads in groupby(day_heads(since=since), key=lambda head: head.on)
        ],
    }
    return render(request, "portal/trail.html", context)


def chain_words() -> dict[str, str]:
    """What each chain is called: its department's name; one is for citizens and for what happens by itself."""
    return {**dict(Department.objects.values_list("code", "name")), SYSTEM.chain: _("群众与系统")}


@require_GET
def heads_file(request: HttpRequest) -> HttpResponse:
    """Every published head as CSV, in the form that `manage.py verify_trail --heads` reads."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="heads.csv"'
    lines = csv.writer(answer)
    lines.writerow(["chain", "on", "count", "head"])
    every = day_heads(since=timezone.localdate() - timedelta(days=36_500))
    lines.writerows((head.chain, head.on.isoformat(), head.count, head.head) for head in every)
    return answer
