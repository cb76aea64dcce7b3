"""The names a pack gives along one axis: classes, kinds of object, forms of activity, stages."""

from collections.abc import Iterator, Sequence

from tally.packs.model import Pack

ACTIVITY, OBJECT_KIND, STAGE = "activity", "object_kind", "stage"
ACTIVITIES = "activities"


def class_entries(pack: Pack, axis: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the names along one axis with the words each is met under.

    Forms of activity are those by which the pack's duties are met (E3-E13), and those that its
    document names and leaves open.
    """
    if axis == ACTIVITY:
        proofs = (proof for duty in pack.duties for proof in duty.met_by)
        kinds = (proof.kind for proof in proofs if proof.ledger == ACTIVITIES and proof.kind)
        open_names = (point.about for point in pack.open_points if point.axis == axis)
        yield from ((kind, ()) for kind in dict.fromkeys((*kinds, *open_names)))
    elif axis == OBJECT_KIND:
        yield from ((kind.name, kind.aliases) for kind in pack.object_kinds)
    elif axis == STAGE:
        yield from ((stage.name, stage.aliases) for stage in pack.stages)
    else:
        yield from ((one.name, one.aliases) for one in pack.classes if one.axis == axis)
