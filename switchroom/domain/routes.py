"""Routes: rules that send a call on, tried in order, with the reason why one matched."""

from typing import Annotated

from pydantic import StringConstraints

from switchroom.domain.configured import Configured, Key, Name, Names, ThingKind
from switchroom.domain.extensions import Target
from switchroom.domain.titles import Title


class Route(Configured):
    """An inbound route: this trunk and this number lead there. A trailing `*` stands for any ending."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    trunk: Annotated[Key | None, Title("Trunk", "Линия"), Names(ThingKind.TRUNK)] = None
    number: Annotated[str, StringConstraints(pattern=r"^\+?[0-9]{0,20}\*?$"), Title("Number", "Номер")] = "*"
    target: Annotated[Target, Title("Leads to", "Ведёт на")]
    order: Annotated[int, Title("Order", "Порядок")] = 100

    def matches(self, trunk: str, dialled: str) -> bool:
        """Whether a call by this trunk to this number follows the route."""
        if self.trunk is not None and self.trunk != trunk:
            return False
        if self.number.endswith("*"):
            return dialled.startswith(self.number[:-1])
        return dialled == self.number

    def reason(self) -> str:
        """Why it matched, for the story."""
        return f"trunk {self.trunk or 'any'}, number {self.number}"
