"""What a page lacks for those who can't see it well, or can't use a mouse. The rules are axe-core's."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_MOVED = """() => Promise.allSettled(
  document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished))"""
_RULES = {"runOnly": {"type": "tag", "values": _TAGS}}


async def barriers(page: Page) -> list[str]:
    """Each rule that is broken, with the places where; nothing if all hold. What still fades in is waited for."""
    await page.evaluate(_MOVED)
    found = await Axe().run(page, options=_RULES)
    return [
        f"{broken['id']}: {broken['help']}: " + " | ".join(node["html"][:160] for node in broken["nodes"])
        for broken in found.response["violations"]
    ]
