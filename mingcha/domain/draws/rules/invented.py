"""What people read in a rehearsal (演练) in the place of firms and inspectors."""

from django.utils.translation import gettext as _

from mingcha.domain.draws.models import INVENTED_FIRM


def invented_name(code: str) -> str:
    """A name that nobody can take for a real one."""
    kind, _mark, rest = code.partition("-")
    return (_("演练企业 %s") if kind == INVENTED_FIRM else _("演练人员 %s")) % rest
