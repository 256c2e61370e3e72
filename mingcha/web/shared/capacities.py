"""Who comes to witness a draw; the office invites and the phone asks in the same words."""

from django.utils.translation import gettext_lazy as _

# 实施意见 name these; none of them is a condition.
CAPACITIES = tuple(
    (word, word)
    for word in (
        _("人大代表"),
        _("政协委员"),
        _("公证人员"),
        _("新闻媒体"),
        _("行业协会"),
        _("企业代表"),
        _("群众代表"),
        _("其他"),
    )
)
