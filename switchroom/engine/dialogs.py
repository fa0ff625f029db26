"""A card that opens begins a story of its own."""

from switchroom.domain.people import Variables
from switchroom.domain.plans import dialog_plan
from switchroom.domain.setup import Setup
from switchroom.domain.situations.scene import NewDialog
from switchroom.domain.stories import Beginning, StoryState
from switchroom.domain.traces import StoryKind


def dialog_of(dialog: NewDialog, call: StoryState, setup: Setup) -> Beginning:
    """The story of this card, with what its call knows already."""
    queue = setup.queues.get(dialog.queue) if dialog.queue else None
    limit = queue.wrap_up_limit.total_seconds() if queue and queue.wrap_up_limit else None
    params = {
        "version": setup.version("card", dialog.card),
        "holder": dialog.holder,
        "call": call.id,
        "queue": dialog.queue,
        "wrap_up_limit": limit,
    }
    return Beginning(
        story=dialog.story,
        kind=StoryKind.DIALOG,
        plan=dialog_plan(dialog.card, params),
        variables=Variables(call.variables),
        language=call.language,
        shown=call.shown,
    )
