"""What comes over the wire until the desk can take its first call, by a browser that has never been here."""

from collections import Counter
from typing import Any

from playwright.async_api import Page, expect

MOST_OCTETS = 350_000


class Wire:
    """Octets of bodies that come to a page, by kind of file; packed by gzip, which browsers take on every line."""

    def __init__(self) -> None:
        self.octets: Counter[str] = Counter()
        self._kinds: dict[str, str] = {}

    async def tap(self, page: Page) -> None:
        """From now on."""
        wire = await page.context.new_cdp_session(page)
        wire.on("Network.responseReceived", self._began)
        wire.on("Network.dataReceived", self._came)
        await wire.send("Network.enable")
        await wire.send("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": "gzip"}})
        await wire.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _began(self, told: dict[str, Any]) -> None:
        self._kinds[told["requestId"]] = told["type"]

    def _came(self, told: dict[str, Any]) -> None:
        self.octets[self._kinds.get(told["requestId"], "Other")] += int(told["encodedDataLength"])


async def load_desk(page: Page) -> Counter[str]:
    """The desk, in a browser that keeps nothing; returns once it is a phone: what came until then."""
    wire = Wire()
    await wire.tap(page)
    async with page.expect_websocket(lambda socket: "/phone/ws" in socket.url) as phone:
        await page.goto("/desk")
    await (await phone.value).wait_for_event("framereceived")
    await expect(page.get_by_role("button", name="линия")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    return wire.octets
