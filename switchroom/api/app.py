"""All doors of a house together."""

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from switchroom.api import (
    audit,
    board,
    calendars,
    calls,
    certificate,
    contacts,
    customers,
    demo,
    desk,
    devices,
    directory,
    errors,
    examples,
    facts,
    feed,
    figures,
    health,
    kinds,
    live,
    lockouts,
    modes,
    names,
    number_map,
    operators,
    outbound_routes,
    phone,
    photos,
    prompts,
    provisioning,
    publications,
    recording_export,
    recording_rules,
    recordings,
    records,
    rooms,
    routes,
    scenarios,
    session,
    setup,
    spending,
    talks,
    tariffs,
    tokens,
    traces,
    trunks,
    users,
    voicemail,
)
from switchroom.api.deps import Rooms
from switchroom.api.guard import Guard
from switchroom.api.pages import pages_route
from switchroom.domain.release import RELEASE

ROUTERS = (
    health.router,
    certificate.router,
    session.router,
    kinds.router,
    publications.router,
    *setup.ROUTERS,
    users.router,
    photos.router,
    live.router,
    provisioning.router,
    devices.router,
    trunks.router,
    rooms.router,
    routes.router,
    outbound_routes.router,
    tariffs.router,
    contacts.router,
    spending.router,
    lockouts.router,
    calendars.router,
    modes.router,
    prompts.router,
    scenarios.router,
    scenarios.components,
    calls.router,
    talks.router,
    traces.router,
    customers.router,
    board.router,
    desk.router,
    directory.router,
    records.router,
    recording_rules.router,
    recording_export.router,
    recordings.router,
    voicemail.router,
    operators.router,
    figures.router,
    names.router,
    number_map.router,
    tokens.router,
    audit.router,
    feed.router,
    phone.router,
    demo.router,
)


def described_app() -> FastAPI:
    """All doors without a house behind them: what OpenAPI is made from."""
    app = FastAPI(
        title="Switchroom",
        version=RELEASE,
        description="PBX, call centre and voice menus. Every refusal has a code, a sentence in both languages, facts.",
        openapi_url="/api/openapi.json",
        docs_url="/api/docs",
        redoc_url=None,
    )
    errors.handle_errors(app)
    for router in ROUTERS:
        app.include_router(router)
    facts.describe(app)
    examples.describe(app)
    return app


def make_app(rooms: Rooms) -> FastAPI:
    """The application that serves this house."""
    app = described_app()
    app.state.rooms = rooms
    app.router.routes.append(pages_route(rooms.pages))
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, hosts=rooms.hosts)
    return app
