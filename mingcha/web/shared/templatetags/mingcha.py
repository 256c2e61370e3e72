"""Small words of the templates; loaded everywhere as builtins."""

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mingcha.domain.draws.rules import words_of
from mingcha.web.shared.events import WORDS

register = template.Library()

END_OF_DAY = (23, 59, 59)  # a clock that runs to the end of a day stops here; people write 24:00


@register.filter
def grouped(code: str) -> str:
    """A code in groups of four, as it is read aloud; the spaces are for the eye, copying gives them too."""
    text = str(code)
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


@register.filter
def listed(words: str) -> str:
    """A comma list as it is read: 食品、特种设备."""
    return _("、").join(part.strip() for part in str(words).split(",") if part.strip())


@register.filter
def spoken(digest: str) -> SafeString:
    """A digest as the eight words that are read aloud in the hall."""
    return format_html_join("　", '<span class="word">{}</span>', ((word,) for word in words_of(digest)))


@register.filter
def moment(at: datetime | None) -> str:
    """2026年11月26日 16:20, in Asia/Shanghai."""
    if at is None:
        return "—"
    local = timezone.localtime(at)
    if (local.hour, local.minute, local.second) == END_OF_DAY:
        return f"{local.year}年{local.month}月{local.day}日 24:00"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


@register.filter
def day(on: date | None) -> str:
    """2026年11月26日."""
    return "—" if on is None else f"{on.year}年{on.month}月{on.day}日"


@register.filter
def day_of(text: str) -> str:
    """A date as kept in a frozen copy (2026-11-26) → 2026年11月26日."""
    return day(date.fromisoformat(text)) if text else "—"


@register.filter
def counted(number: int | None) -> str:
    """4,157."""
    return "—" if number is None else f"{number:,}"


@register.filter
def percent(share: float) -> str:
    """0.03 → 3%; as many decimals as it has, at most two."""
    return f"{float(share) * 100:.2f}".rstrip("0").rstrip(".") + "%"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing from the sprite, for the eye only."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: object) -> str:
    """The present address with some of its query changed; an empty value takes one out."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in ("", None):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def event_word(event: str) -> str:
    """The Chinese word of an event; a test keeps the list complete."""
    return str(WORDS.get(event, event))
