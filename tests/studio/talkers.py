"""People at one door: each browser is somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from door import Door
from shop import PLAN

from desirelines.home import Home
from desirelines.settings import Settings

K = "/api/w/kiosk/studio"
JOURNEY = "buy"


@dataclass
class Talker:
    """Somebody's browser: its own session, a name typed once."""

    door: Door
    session: str

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """What the studio answers; it must be well."""
        found = self.tried(method, path, body, **query)
        assert found.status_code in (200, 204), found.text
        return found.json() if found.status_code == 200 else None

    def tried(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """The answer, whatever it is."""
        given = {"json": body} if body is not None else {}
        return self.door.ask(method, K + path, headers={"desirelines-session": self.session}, params=query, **given)

    def says(self, text: str, element: str = "", thread: str = "") -> Any:
        body = {"journey": JOURNEY, "element": element, "thread": thread, "text": text}
        return self.ask("POST", "/comments", body)


def kiosk(folder: Path) -> Home:
    """A workspace with a draft and no data."""
    home = Home(folder / "home", Settings())
    workspace = home.create("kiosk", "Kiosk", "Europe/Berlin", "EUR")
    workspace.import_plan(PLAN, "plan.yaml")
    return home


def talker(door: Door, name: str) -> Talker:
    one = Talker(door, f"secret-of-{name}")
    assert one.ask("PUT", "/me", {"name": name})["name"] == name
    return one
