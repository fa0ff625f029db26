"""The verbs of the command line; each is a file that is loaded when it is used."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from switchroom.cli.console import LANGUAGE, complain
from switchroom.domain.refusals import Refusal
from switchroom.domain.titles import Title
from switchroom.settings import Settings

app = typer.Typer(
    name="switchroom", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help=Title("PBX, call centre and voice menus.", "АТС, колл-центр и голосовые меню.").in_(LANGUAGE),
)
demo = typer.Typer(no_args_is_help=True, help=Title("The made-up company.", "Демонстрационная компания.").in_(LANGUAGE))
user = typer.Typer(no_args_is_help=True, help=Title("People who sign in.", "Те, кто входит в систему.").in_(LANGUAGE))
call = typer.Typer(no_args_is_help=True, help=Title("One call.", "Один звонок.").in_(LANGUAGE))
app.add_typer(demo, name="demo")
app.add_typer(user, name="user")
app.add_typer(call, name="call")


def _help(en: str, ru: str) -> str:
    return Title(en, ru).in_(LANGUAGE)


Listen = Annotated[
    str | None,
    typer.Option(help=_help("Address of the pages and the API.", "Адрес страниц и API."), metavar="HOST:PORT"),
]
Data = Annotated[Path | None, typer.Option(help=_help("Where everything is kept.", "Где всё хранится."))]
DEMO = _help("With a made-up company.", "С демонстрационной компанией.")


def settings_of(**given: object) -> Settings:
    """Options that were given, and the environment for the others."""
    return Settings(**{name: value for name, value in given.items() if value not in (None, False)})  # type: ignore[arg-type]


@app.command(help=_help("Start everything and keep it running.", "Запустить всё и следить за работой."))
def up(  # noqa: PLR0913, PLR0917  # each is an option that a person may give
    demo: Annotated[bool, typer.Option("--demo", help=DEMO)] = False,
    listen: Listen = None,
    data: Data = None,
    database: Annotated[
        str | None,
        typer.Option(help=_help("PostgreSQL instead of SQLite.", "PostgreSQL вместо SQLite."), metavar="URL"),
    ] = None,
    https: Annotated[
        bool,
        typer.Option(
            "--https",
            help=_help(
                "Over https, by the certificate of `switchroom certificate`.",
                "По https, с сертификатом от `switchroom certificate`.",
            ),
        ),
    ] = False,
    certificate: Annotated[
        Path | None,
        typer.Option(help=_help("Over https, by this certificate (PEM).", "По https, с этим сертификатом (PEM).")),
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help=_help("The key of that certificate.", "Ключ этого сертификата."))
    ] = None,
    sip_bind: Annotated[
        str | None, typer.Option(help=_help("Address for phones.", "Адрес для телефонов."), metavar="HOST")
    ] = None,
    sip_port: Annotated[int | None, typer.Option(help=_help("Port for phones.", "Порт для телефонов."))] = None,
    keep_switch: Annotated[
        bool,
        typer.Option("--keep-switch", help=_help("Leave calls running on exit.", "Не обрывать звонки при выходе.")),
    ] = False,
) -> None:
    """Start everything and keep it running."""
    from switchroom.cli import up as verb

    settings = settings_of(
        demo=demo, listen=listen, data=data, database=database, https=https, certificate=certificate, key=key,
        sip_bind=sip_bind, sip_port=sip_port, keep_switch=keep_switch,
    )
    sys.exit(asyncio.run(verb.up(settings)))


@app.command(hidden=True)
def serve() -> None:
    """Started by `up`."""
    from switchroom.cli import serve as verb

    sys.exit(verb.serve(Settings()))


@app.command(help=_help("Make a certificate for https in your network.", "Создать сертификат для https в вашей сети."))
def certificate(
    names: Annotated[
        list[str],
        typer.Argument(
            help=_help(
                "Names and addresses by which browsers reach this machine.",
                "Имена и адреса, по которым браузеры находят эту машину.",
            )
        ),
    ],
    new_authority: Annotated[
        bool,
        typer.Option("--new-authority", help=_help("With a new authority.", "С новым центром сертификации.")),
    ] = False,
    data: Data = None,
) -> None:
    """Make a certificate for https."""
    from switchroom.cli import certificate as verb

    verb.make(settings_of(data=data), names, new_authority=new_authority)


@app.command(help=_help("Tell what is wrong with this installation.", "Рассказать, что не так с установкой."))
def check(
    listen: Listen = None,
    data: Data = None,
    https: Annotated[bool, typer.Option("--https", help=_help("It runs over https.", "Работает по https."))] = False,
) -> None:
    """Tell what is wrong."""
    from switchroom.cli import check as verb

    sys.exit(verb.check(settings_of(listen=listen, data=data, https=https)))


@demo.command(name="call", help=_help("Let customers call by real SIP.", "Пусть позвонят клиенты, по настоящему SIP."))
def demo_call(
    count: Annotated[int, typer.Option(min=1, max=500, help=_help("How many.", "Сколько."))] = 1,
    with_operators: Annotated[
        bool,
        typer.Option(
            "--with-operators",
            help=_help("Operators are played, too.", "Операторы тоже разыгрываются."),
        ),
    ] = False,
    seed: Annotated[
        int | None, typer.Option(help=_help("For the same chances again.", "Чтобы повторить случай."))
    ] = None,
    listen: Listen = None,
    data: Data = None,
) -> None:
    """Let customers call."""
    from switchroom.cli import demo as verb

    sys.exit(asyncio.run(verb.call(settings_of(listen=listen, data=data), count, with_operators, seed)))


@user.command(name="password", help=_help("Give a user a new random password.", "Дать новый случайный пароль."))
def user_password(name: str, data: Data = None) -> None:
    """Give a new password."""
    from switchroom.cli import user as verb

    verb.password(settings_of(data=data), name)


@user.command(name="list", help=_help("Who can sign in.", "Кто может войти."))
def user_list(data: Data = None) -> None:
    """Print who can sign in."""
    from switchroom.cli import user as verb

    verb.list_(settings_of(data=data))


@call.command(name="as-test", help=_help("Print a call as a test.", "Напечатать звонок в виде теста."))
def call_as_test(key: str, data: Data = None) -> None:
    """Print a call as a test."""
    from switchroom.cli import call as verb

    verb.as_test(settings_of(data=data), key)


def main() -> None:
    """Run a verb; what is wrong is told in words."""
    sys.exit(_plainly(app))


def _plainly(run: Callable[[], object]) -> int:
    try:
        run()
    except Refusal as trouble:
        complain(trouble.sentence(LANGUAGE))
    except ValidationError as wrong:
        for fault in wrong.errors():
            complain(f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}")
    except BaseExceptionGroup as several:
        known = several.subgroup(Refusal)
        if known is None:
            raise
        return _plainly(_raiser(known))
    except KeyboardInterrupt:
        return 130
    else:
        return 0
    return 1


def _raiser(several: BaseExceptionGroup[BaseException]) -> Callable[[], object]:
    first: BaseException = several
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]

    def run() -> object:
        raise first

    return run
