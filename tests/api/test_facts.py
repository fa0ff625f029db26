"""Facts are described as they are told, and a story holds those of its cards."""

from typing import Any

import msgspec

from switchroom.api import facts
from switchroom.api.app import described_app
from switchroom.domain.facts.every import FACT_TYPES
from tests.api.conftest import Doors
from tests.api.test_live import a_talk, becomes


def test_every_kind_of_fact_is_described_with_its_kind_and_under_a_name_of_its_own() -> None:
    schemas = described_app().openapi()["components"]["schemas"]
    assert schemas["FactOut"]["properties"]["fact"] == {"$ref": "#/components/schemas/Fact"}
    named = {ref["$ref"].rpartition("/")[2] for ref in schemas["Fact"]["anyOf"]}
    assert named == {fact.__name__ for fact in FACT_TYPES}
    for name in named:
        assert schemas[name]["properties"]["kind"] == {"enum": [name]}, name
    for name, described in facts.described().items():
        assert set(described.get("enum", ())) == set(schemas[name].get("enum", ())), name


def test_what_is_left_out_of_a_fact_is_not_required_of_it() -> None:
    schemas = facts.described()
    for fact in FACT_TYPES:
        optional = {f.encode_name for f in msgspec.structs.fields(fact) if not f.required}
        required = set(schemas[fact.__name__]["required"]) - {"kind"}
        assert required == {f.encode_name for f in msgspec.structs.fields(fact)} - optional, fact.__name__
        assert all("default" not in told for told in schemas[fact.__name__]["properties"].values())


async def test_a_story_tells_of_the_cards_that_were_filled_in_for_it(doors: Doors) -> None:
    anna = await a_talk(doors)
    (record,) = await becomes(anna, "records?open_only=true", lambda found: len(found) == 1)
    await anna.post(f"/api/calls/{record['call']}/hang-up")
    told = await becomes(anna, f"calls/{record['call']}", lambda story: "WrapUpBegan" in _kinds(story))
    assert _kinds(told).index("CardOpened") > _kinds(told).index("OperatorConnected")
    assert [f["seq"] for f in told["facts"]] == sorted(f["seq"] for f in told["facts"])


async def test_everybody_learns_what_things_are_called(doors: Doors) -> None:
    gleb = await doors.person("gleb")
    names = (await gleb.get("/api/names")).json()
    assert names["users"]["anna"] == "Анна Соколова"
    assert names["queues"]["service"] == "Вызов мастера"
    assert names["trunks"]["demo"] == "Демонстрационная линия"
    assert names["components"]["menu"]["ru"] == "Голосовое меню"
    assert names["breaks"]["lunch"]["en"] == "Lunch"
    assert names["results"]["request"]["answered"]["ru"] == "Вопрос решён"


def _kinds(story: dict[str, Any]) -> list[str]:
    return [f["fact"]["kind"] for f in story["facts"]]
