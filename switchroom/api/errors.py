"""Refusals and faults as answers: a code, a sentence in both languages, and the facts."""

import secrets
from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from switchroom.api.faults import FieldFault, fields_of
from switchroom.domain.contacts import ContactMisfit
from switchroom.domain.publishing import NotPublishable
from switchroom.domain.refusals import Refusal
from switchroom.storage.setup import DraftMisfit

log = structlog.get_logger()


class Problem(BaseModel):
    """Why it was not done."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "code": "thing.not_found",
                "en": "There is no queue sales. Check the name, or make it first.",
                "ru": "Не найдено: queue sales. Проверьте имя или сначала создайте.",
                "facts": {"kind": "queue", "key": "sales"},
                "fields": [],
            }
        }
    )

    code: str
    en: str
    ru: str
    facts: dict[str, str] = {}
    fields: list[FieldFault] = []


PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "What was sent can't be read"},
    401: {"model": Problem, "description": "Not signed in"},
    403: {"model": Problem, "description": "Not allowed"},
    404: {"model": Problem, "description": "Not there"},
    409: {"model": Problem, "description": "The state of things forbids it"},
    413: {"model": Problem, "description": "Too large"},
    422: {"model": Problem, "description": "Something does not fit; see `fields`"},
    429: {"model": Problem, "description": "Too often"},
}
"""What every door may answer besides its own."""


def handle_errors(app: FastAPI) -> None:
    """Let every error leave as a Problem."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _misfit)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _failed)


def answer(status: int, problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A problem as it is sent."""
    return JSONResponse(problem.model_dump(), status_code=status, headers=dict(headers or {}))


def problem_of(refusal: Refusal) -> Problem:
    """A refusal as a problem."""
    fields = []
    if isinstance(refusal, NotPublishable):
        fields = [FieldFault(field=f"{f.kind}/{f.key}/{f.path}", en=f.title.en, ru=f.title.ru) for f in refusal.all]
    if isinstance(refusal, DraftMisfit):
        fields = fields_of(refusal.errors)
    if isinstance(refusal, ContactMisfit):
        fields = [FieldFault(field=field, en=title.en, ru=title.ru) for field, title in refusal.all]
    facts = dict(refusal.facts)
    return Problem(
        code=refusal.code, en=refusal.sentence("en"), ru=refusal.sentence("ru"), facts=facts, fields=fields
    )


async def _refused(request: Request, refusal: Exception) -> JSONResponse:
    assert isinstance(refusal, Refusal)
    headers = {"Retry-After": refusal.facts["seconds"]} if refusal.status == 429 else {}
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return answer(refusal.status, problem_of(refusal), headers)


async def _misfit(request: Request, wrong: Exception) -> JSONResponse:
    assert isinstance(wrong, RequestValidationError)
    faults = fields_of(wrong.errors())
    unreadable = any(error["type"] == "json_invalid" for error in wrong.errors())
    problem = Problem(
        code="request.unreadable" if unreadable else "request.misfit",
        en="What was sent is not JSON." if unreadable else "Some fields don't fit.",
        ru="Это не JSON." if unreadable else "Некоторые поля заполнены неверно.",
        fields=faults,
    )
    return answer(400 if unreadable else 422, problem)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    words = {404: "Здесь ничего нет.", 405: "Так сюда обратиться нельзя."}
    ru = words.get(error.status_code, "Ошибка.")
    problem = Problem(code=f"http.{error.status_code}", en=str(error.detail), ru=ru)
    return answer(error.status_code, problem, error.headers)


async def _failed(request: Request, error: Exception) -> JSONResponse:
    number = secrets.token_hex(6)
    log.error("a door failed", number=number, path=request.url.path, exc_info=error)
    problem = Problem(
        code="house.failed",
        en=f"Something failed on our side. Tell the administrator the number {number}.",
        ru=f"Сбой на нашей стороне. Сообщите администратору номер {number}.",
        facts={"number": number},
    )
    return answer(500, problem)
