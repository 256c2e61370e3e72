"""The heads of the trail, for everyone: whoever keeps a copy can tell later whether anything was rewritten."""

import csv
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mingcha.domain.audit.queries import chains, day_heads

SHOWN = timedelta(days=30)


@require_GET
def heads(request: HttpRequest) -> HttpResponse:
    """Today's present heads and those of the last thirty days."""
    since = timezone.localdate() - SHOWN
    return render(request, "portal/trail.html", {"chains": chains(), "heads": day_heads(since=since)})


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
