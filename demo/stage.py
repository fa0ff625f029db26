"""What a visitor may do to the demo from a page: let customers call, look at them, and see who can sign in."""

from collections.abc import Callable, Sequence
from pathlib import Path

from demo.company import DID, DIRECT, TRUNK
from demo.crowd import Crowd, Crowds
from demo.load import Account, accounts
from switchroom.domain.refusals import Refusal
from switchroom.domain.setup import Setup

MOST_AT_ONCE = 40


class DemoLineGone(Refusal):
    """The trunk by which customers call was removed, or its password."""

    code = "demo.line_gone"
    en = "Customers call by the trunk {trunk}, and it is not there any more. Bring it back in its versions."
    ru = "Клиенты звонят по линии {trunk}, а её больше нет. Верните её из прежних версий."


class CustomersEnough(Refusal):
    """So many call already that the machine would hear of nothing else."""

    code = "demo.customers_enough"
    en = "{count} customers are calling already. Let some of them finish first."
    ru = "Уже звонят клиенты: {count}. Подождите, пока кто-нибудь закончит."


class Stage:
    """The demo of one house."""

    def __init__(
        self, data: Path, setup: Callable[[], Setup], server: Callable[[], tuple[str, int]], keeper: int | None
    ) -> None:
        """`keeper` is the process whose end is the demo's."""
        self._data, self._setup, self._server, self._keeper = data, setup, server, keeper
        self._crowds = Crowds(data)

    def accounts(self) -> Sequence[Account]:
        """Who can sign in now; their passwords are not for pages."""
        users = self._setup().users
        return [one for one in accounts(self._data) if one.user in users and users[one.user].active]

    def crowds(self) -> Sequence[Crowd]:
        """Customers who call, or did lately."""
        return self._crowds.told()

    def let_call(self, count: int, operator: str | None) -> None:
        """Let customers call, this operator first if there is one. Raises: DemoLineGone; CustomersEnough."""
        setup = self._setup()
        secret = setup.passwords.get(f"trunk:{TRUNK}")
        password = secret.reveal() if secret and TRUNK in setup.trunks else None
        if not password:
            raise DemoLineGone(trunk=TRUNK)
        calling = sum(crowd.on_the_phone for crowd in self.crowds())
        if calling + count > MOST_AT_ONCE:
            raise CustomersEnough(count=calling)
        dialled = DIRECT.get(operator, DID) if operator else DID
        self._crowds.begin(count, dialled, self._server(), password, self._keeper)
