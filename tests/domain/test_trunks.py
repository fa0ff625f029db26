"""Trunks: from where calls are taken for a carrier's, and by which proxy we reach it."""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

import pytest
from pydantic import ValidationError

from switchroom.domain.misfits import told
from switchroom.domain.publishing import NotPublishable, faults_of
from switchroom.domain.setup import Setup
from switchroom.domain.trunks import Trunk, TrunkKind

PEER = {"kind": TrunkKind.PEER, "host": None, "username": "them"}


def trunk(key: object = "carrier", **more: object) -> Trunk:
    return Trunk.model_validate({"id": key, "title": key, "kind": TrunkKind.BY_ADDRESS, "host": "203.0.113.7", **more})


def misfits(**more: object) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as wrong:
        trunk(**more)
    return [(place, title.en) for place, title in told([dict(error) for error in wrong.value.errors()])]


def faults(trunks: Iterable[Trunk]) -> list[tuple[str, str]]:
    setup = replace(Setup(), trunks=MappingProxyType({one.id: one for one in trunks}))
    return [(fault.key, fault.path) for fault in faults_of(setup, setup)]


@pytest.mark.feature("P3")
def test_sources_are_addresses_and_networks_in_one_way_of_writing() -> None:
    made = trunk(sources=["198.51.100.0/24", "198.51.100.9/32", "192.0.2.77/24", "2001:DB8::1"])
    assert made.sources == ("198.51.100.0/24", "198.51.100.9", "192.0.2.0/24", "2001:db8::1")


@pytest.mark.parametrize(
    "wrong", ["sip.example.com", "203.0.113.300", "203.0.113.0/33", "1;2", "", "127.0.0.1", "::1", "0.0.0.0/0"]
)
def test_what_is_no_address_or_would_let_this_machine_in_is_refused_beside_its_field(wrong: str) -> None:
    ((place, words),) = misfits(sources=["198.51.100.1", wrong])
    assert place == "sources.1"
    assert words


def test_who_signs_in_to_us_has_no_sources() -> None:
    assert [place for place, _ in misfits(**PEER, sources=["198.51.100.1"])] == ["sources"]


@pytest.mark.parametrize(
    "proxy", ["proxy.example.com", "proxy.example.com:5070", "198.51.100.1:5060", "[2001:db8::1]:5060"]
)
def test_a_proxy_is_a_name_or_an_address_and_may_have_a_port(proxy: str) -> None:
    assert trunk(proxy=proxy).proxy == proxy


@pytest.mark.parametrize("proxy", ["sip:proxy.example.com", "a b", "proxy;lr", "proxy:port", "", "2001:db8::1"])
def test_any_other_proxy_is_refused(proxy: str) -> None:
    assert [place for place, _ in misfits(proxy=proxy)] == ["proxy"]


@pytest.mark.feature("P3")
def test_an_address_can_not_stand_for_two_carriers() -> None:
    first = trunk("first", sources=["198.51.100.0/24"])
    assert faults([first, trunk("second", host="192.0.2.1", sources=["192.0.2.9"])]) == []
    assert faults([first, trunk("second", host="198.51.100.9")]) == [("first", "sources.0")]
    within = trunk("second", host="carrier.example", sources=["192.0.2.9", "198.51.100.128/25"])
    assert faults([first, within]) == [("first", "sources.0"), ("second", "sources.1")]


def test_what_keeps_a_change_from_being_published_is_told_in_the_language_of_who_asks() -> None:
    wrong = [trunk("first", sources=["198.51.100.0/24"]), trunk("second", host="198.51.100.9")]
    setup = replace(Setup(), trunks=MappingProxyType({one.id: one for one in wrong}))
    refused = NotPublishable(faults_of(setup, setup))
    assert refused.sentence("en").endswith(
        "trunk first sources.0: calls from 198.51.100.0/24 are taken for calls of “second”"
    )
    assert refused.sentence("ru").endswith(
        "линия first sources.0: звонки с 198.51.100.0/24 считаются звонками линии «second»"
    )
