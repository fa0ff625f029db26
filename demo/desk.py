"""An operator's desk over the API: signs in, begins to work, fills cards and closes them."""

import http.client
import json
from dataclasses import dataclass
from typing import Any

from demo.company import CARD_FIELDS


class DoorRefused(Exception):
    """The API said no."""


@dataclass(slots=True)
class Desk:
    """One signed-in operator. Synchronous: called in a thread."""

    host: str
    port: int
    user: str
    password: str
    _cookie: str = ""
    _csrf: str = ""

    def sign_in(self) -> None:
        """And begin to work. Raises: DoorRefused."""
        told = self._ask("POST", "/api/session", {"name": self.user, "password": self.password})
        self._csrf = told["csrf"]
        self._ask("POST", f"/api/operators/{self.user}/sign-in", {})
        self.be_ready()

    def be_ready(self) -> None:
        """After a missed call, for instance."""
        self._ask("POST", f"/api/operators/{self.user}/ready", {})

    def close_cards(self) -> int:
        """Fill in and close every card that lies open after its talk; returns how many."""
        state = self._ask("GET", f"/api/operators/{self.user}", None)
        if state["status"] != "wrap_up":
            return 0
        open_ones = self._ask("GET", f"/api/records?open_only=true&holder={self.user}", None)
        for record in open_ones:
            typed = {"fields": CARD_FIELDS, "revision": record["revision"]}
            self._ask("PATCH", f"/api/records/{record['id']}", typed)
            self._ask("POST", f"/api/records/{record['id']}/close", {"disposition": "visit_agreed"})
        return len(open_ones)

    def sign_out(self) -> None:
        """Go home."""
        self._ask("POST", f"/api/operators/{self.user}/sign-out", {})

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=15)
        headers = {"Content-Type": "application/json", "Cookie": self._cookie, "X-CSRF-Token": self._csrf}
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if (cookie := answer.headers.get("Set-Cookie")) is not None:
            self._cookie = cookie.split(";")[0]
        if answer.status >= 400:
            raise DoorRefused(f"{method} {path}: {answer.status} {text.decode(errors='replace')[:300]}")
        return json.loads(text) if text else None
