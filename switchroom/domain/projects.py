"""Projects: folders of queues, cards and scenarios of one client or subject."""

from typing import Annotated

from switchroom.domain.configured import Configured, Key, Name
from switchroom.domain.titles import Title


class Project(Configured):
    """One project; rights are given by project."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
