"""Which items of a region look alike, kept for as long as the same editions hold on the same laws."""

from django.core.cache import cache

from mingcha.domain.catalogue.queries import alike as queries
from mingcha.domain.catalogue.rules.likeness import find_alike
from mingcha.domain.organisation.models import Region

KEPT = "alike-pairs"
# A mark is never used again for other words: this only clears away what nobody asks for any more.
SECONDS = 7 * 24 * 3600


# Two items by their keys, the one of the department entered first in front, and how alike they are. Plain, because
# there may be a hundred thousand of them.
Pair = tuple[int, int, int]


def alike_pairs(region: Region) -> list[Pair]:
    """Every pair that looks alike, the most alike first; compared once for an edition, not once for every look."""
    key = f"{KEPT}:{region.pk}:{queries.comparison_mark(region)}"
    kept: list[Pair] | None = cache.get(key)
    if kept is None:
        found = find_alike(queries.items_to_compare(region))
        kept = [(alike.one.pk, alike.other.pk, alike.score) for alike in found]
        cache.set(key, kept, SECONDS)
    return kept
