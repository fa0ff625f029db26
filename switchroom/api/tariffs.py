"""Tariffs of carriers, and reading their price lists: nothing of a list is lost without a word."""

import asyncio
from typing import Annotated

from fastapi import File, UploadFile
from pydantic import BaseModel, ConfigDict

from switchroom.api.configured import resource
from switchroom.api.deps import House, Me
from switchroom.api.sheets import BadLineOut, bad_lines
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.price_lists import MOST_OCTETS, PriceList, read_price_list
from switchroom.domain.refusals import Refusal
from switchroom.domain.tariffs import Rate, Tariff

router = resource(ThingKind.TARIFF, Tariff, "tariffs")


class ListTooLong(Refusal):
    """The file is longer than any price list."""

    code = "price_list.too_long"
    status = 413
    en = "The file is longer than {most} MB. Send the price list alone, as CSV."
    ru = "Файл больше {most} МБ. Отправьте только прайс-лист, в формате CSV."


class PriceListOut(BaseModel):
    """What was read; nothing is kept yet: put the rates into a tariff. `encoding` is how the file was written."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "rates": [{"prefix": "7495", "title": "Москва", "per_minute": "1.50", "per_call": "0"}],
                "bad": [
                    {
                        "line": 3, "text": "Германия;;2,10",
                        "why": {"en": "there is no beginning of a number", "ru": "нет начала номера"},
                    }
                ],
                "encoding": "cp1251",
            }
        }
    )  # fmt: skip

    rates: list[Rate]
    bad: list[BadLineOut]
    encoding: str


@router.post("/-/read", operation_id="read_price_list", summary="What does this price list say?")
async def read_list(table: Annotated[UploadFile, File()], house: House, me: Me) -> PriceListOut:
    """A table as CSV: UTF-8, UTF-16 or Windows-1251, with any usual separator, with a head line or without."""
    me.scope.need(Right.ADMINISTER)
    octets = await table.read(MOST_OCTETS + 1)
    if len(octets) > MOST_OCTETS:
        raise ListTooLong(most=MOST_OCTETS // 1_000_000)
    return _out(await asyncio.to_thread(read_price_list, octets))


def _out(found: PriceList) -> PriceListOut:
    return PriceListOut(rates=list(found.rates), bad=bad_lines(found.bad), encoding=found.encoding)
