"""A draw in words for the desk: its steps, and the report on what is not random."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries import discipline_body_for, strata_labels
from mingcha.domain.plans.models import Exclusion
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.guesses import pass_of

STOPPED = ("aborted", "voided")


class Step(NamedTuple):
    label: str
    done: bool
    present: bool


def steps_of(document: Mapping[str, Any]) -> list[Step]:
    """The same steps and the same number as on every other screen; a draw that was stopped has none."""
    if (document["ending"] or {}).get("kind") in STOPPED:
        return []
    words = document["phases"][:-1] if document["is_rehearsal"] else document["phases"]
    present, over = document["phase"]["number"], document["over"]
    return [
        Step(word, number < present or (over and number == present), number == present and not over)
        for number, word in enumerate(words, 1)
    ]


def entrance_of(request: StaffRequest, draw: Draw, *, invitation: str = "") -> dict[str, object]:
    """How a witness comes in: the address, and the picture that spares typing it."""
    address = request.build_absolute_uri(reverse("ceremony:enter"))
    invited = f"&invite={invitation}" if invitation else ""
    given = pass_of(draw.number, draw.pairing_code, invitation)
    code = segno.make(f"{address}?code={draw.pairing_code}{invited}&given={given}", micro=False)
    return {"address": address, "qr": code.svg_data_uri(scale=5), "body": discipline_body_for(draw.department)}


def forecast_words(draw: Draw, forecast: Mapping[str, Any]) -> dict[str, object]:
    """The report of a freeze, with the names that people know instead of codes."""
    if not forecast:
        return {}
    labels = strata_labels(draw)
    parties = draw.campaign.parties.select_related("department")
    names = {party.department.code: party.department.short_name for party in parties}
    reasons = dict(Exclusion.choices)
    remarks = {row["stratum"]: _remark(row) for row in forecast["strata"]}
    return {
        "frame": forecast["frame"],
        "register_total": forecast["register_total"],
        "excluded_total": sum(forecast["excluded"].values()),
        "excluded": [(reasons.get(code, code), count) for code, count in sorted(forecast["excluded"].items())],
        "inspectors": [(names.get(code, code), count) for code, count in sorted(forecast["inspectors"].items())],
        "barred": forecast["barred"],
        "sizes": [
            {
                **size,
                "label": labels.get(size["stratum"], size["stratum"]),
                "chance": size["take"] / size["size"],
                "remark": remarks.get(size["stratum"], ""),
            }
            for size in forecast["sizes"]
        ],
        "groups": [_group(group, names) for group in forecast["groups"]],
        "understaffed": forecast["understaffed"],
        "teams": list(_teams(forecast.get("teams") or {}, names)),
    }


def _teams(teams: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """What is known of the teams before they are formed; nothing where people are drawn for each firm."""
    if not teams:
        return
    shares = "、".join(
        _("%(role)s %(people)d 名里每组 %(need)d 名") % {**role, "role": names.get(role["role"], role["role"])}
        for role in teams["roles"]
    )
    formed = _("抽签编成 %(count)d 个小组（%(shares)s），再抽签决定每户由哪一组去")
    yield formed % {"count": teams["count"], "shares": shares}
    if teams["count"] == 1:
        yield _("只有 1 个小组：哪一组去哪一户不是随机")
    for role in teams["whole"]:
        yield _("%s的人员全部编入小组：谁会被派出不是随机，和谁同组、去哪一户是随机") % names.get(role, role)
    for place in teams["perhaps"]:
        yield _("片区 %(area)s：能去的只有 %(people)d 名，都没有编入小组时，这个片区没有小组能去") % place
    if teams["avoided"]:
        yield _("%d 户的回避人员不少于小组数，可能没有小组能去") % teams["avoided"]


def _remark(row: Mapping[str, Any]) -> str:
    words = []
    if row["take"] == row["size"]:
        words.append(_("全部抽中，不是随机"))
    elif row["over_half"]:
        words.append(_("抽取过半，容易预料"))
    if row["small"]:
        words.append(_("少于 10 户"))
    return "；".join(words)


def _group(group: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return _("片区 %(area)s：%(role)s合适的人员 %(eligible)d 名，每户要 %(need)d 名，%(objects)d 户的派员不是随机") % {
        **group,
        "area": group["area"] or _("（未划片）"),
        "role": names.get(group["role"], group["role"]),
    }
