"""Visits from arrival to confirmed results, as inspectors and heads of departments would do them."""

import io

from PIL import Image, ImageDraw

from demo.chance import Chance
from mingcha.domain.draws.models import Draw
from mingcha.domain.inspections.actions import (
    answer,
    arrive,
    attach_photo,
    confirm_result,
    dispatch_visits,
    finish_visit,
    record_result,
    sign_visit,
)
from mingcha.domain.inspections.models import Answer, Inspection, Result
from mingcha.domain.organisation.models import User
from scripts.county.setting import Setting

# Out of a hundred visits of a department: how often something is wrong.
FAULTY_PERCENT = 14
POSITION = "inspector__assignments__position"


def dispatch(draw: Draw, setting: Setting, *, days: int) -> None:
    """The draw comes into force and the visits go out."""
    dispatch_visits(draw, by=setting.handler("shijian"), at=setting.at(days, 11))


def photo(mark: str) -> bytes:
    """A plain drawn picture that says what it is: nobody's shop is shown."""
    image = Image.new("RGB", (640, 480), "#dde3e8")
    pen = ImageDraw.Draw(image)
    pen.rectangle((40, 40, 600, 440), outline="#1d4f91", width=6)
    pen.text((60, 60), f"MINGCHA DEMO {mark}", fill="#1b2733")
    file = io.BytesIO()
    image.save(file, "JPEG", quality=70)
    return file.getvalue()


def go(inspection: Inspection, setting: Setting, *, days: int, hour: int, until: str) -> None:
    """Take one inspection to `until`: VISITING, FINISHED, RECORDED or CONFIRMED."""
    people = people_of(inspection)
    first = people[0]
    for minute, person in enumerate(people):
        arrive(inspection, by=person, at=setting.at(days, hour, minute))
    if until == "VISITING":
        return
    faulty = fill_in(inspection, setting, days=days, hour=hour)
    for minute, person in enumerate(people):
        sign_visit(
            inspection,
            subject_signed="现场负责人（演示）",
            subject_opinion="无异议",
            by=person,
            at=setting.at(days, hour, 40 + minute),
        )
    finish_visit(inspection, by=first, at=setting.at(days, hour, 50))
    if until == "FINISHED":
        return
    results = {
        finding.pk: (Result.CORRECTED, "现场发现问题，已责令改正（演示）") if faulty else (Result.CLEAN, "")
        for finding in inspection.findings.all()
    }
    record_result(inspection, results=results, by=first, at=setting.at(days + 1, 9, hour))
    if until == "RECORDED":
        return
    head = setting.head(inspection.department.code)
    confirm_result(inspection, by=head, at=setting.at(days + 2, 9, hour))


def people_of(inspection: Inspection) -> list[User]:
    """The accounts of those who were drawn for it, in the order of the draw."""
    return list(User.objects.filter(inspector__assignments__inspection=inspection).order_by(POSITION))


def fill_in(inspection: Inspection, setting: Setting, *, days: int, hour: int) -> bool:
    """Answer every checkpoint and attach the photos that are asked for; True when something is wrong."""
    chance = Chance("visits", inspection.pk)
    faulty = chance.below(100) < FAULTY_PERCENT
    first = people_of(inspection)[0]
    answers = {}
    for finding in inspection.findings.select_related("item"):
        for place, checkpoint in enumerate(finding.item.checkpoints.all()):
            wrong = faulty and place == 0
            value = Answer.Value.FAILS if wrong else Answer.Value.MEETS
            answers[checkpoint.pk] = (value, "与要求不一致，当场指出（演示）" if wrong else "")
            if checkpoint.photo_required:
                attach_photo(
                    inspection,
                    content=photo(f"{inspection.pk}-{checkpoint.pk}"),
                    file_name="demo.jpg",
                    checkpoint=checkpoint,
                    by=first,
                    at=setting.at(days, hour, 20),
                )
    answer(inspection, answers=answers, by=first, at=setting.at(days, hour, 30))
    return faulty
