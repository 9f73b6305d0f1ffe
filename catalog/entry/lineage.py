"""No system descends from itself: looked for in the whole catalogue at once."""

from collections.abc import Mapping
from typing import NamedTuple

from catalog.models import AISystem, Derivation
from definitions.readers import naming


class Circle(NamedTuple):
    """Entries of which each was built on the next, and the last one on the first."""

    slugs: tuple[str, ...]

    def __str__(self) -> str:
        return " → ".join((*self.slugs, self.slugs[0]))


def self_ancestors() -> list[Circle]:
    """Every system that would descend from itself, by entry or by name. Three queries."""
    circles = circles_of(Derivation.objects.edges())
    keys = {pk for circle in circles for pk in circle}
    slugs = dict(AISystem.objects.filter(pk__in=keys).values_list("pk", "slug"))
    found = [named_from_the_first([slugs[pk] for pk in circle]) for circle in circles]
    named = Derivation.objects.filter(base=None).values_list(
        "system__slug", "system__name", "base_name"
    )
    found += [
        Circle((slug,))
        for slug, name, base in named
        if naming.identity(name) == naming.identity(base)
    ]
    return sorted(found)


def named_from_the_first(slugs: list[str]) -> Circle:
    """A circle has no beginning; it is told from the first slug of the alphabet on."""
    start = slugs.index(min(slugs))
    return Circle((*slugs[start:], *slugs[:start]))


def circles_of(edges: Mapping[int, set[int]]) -> list[list[int]]:
    """The circles of a graph, each once, found without recursion."""
    done: set[int] = set()
    circles: list[list[int]] = []
    for start in edges:
        path: list[int] = []
        todo = [(start, iter(sorted(edges[start])))] if start not in done else []
        path += [start] if todo else []
        while todo:
            node, bases = todo[-1]
            base = next(bases, None)
            if base is None:
                done.add(node)
                todo.pop()
                path.pop()
            elif base in path:
                circles.append(path[path.index(base) :])
            elif base not in done:
                path.append(base)
                todo.append((base, iter(sorted(edges.get(base, ())))))
    return circles
