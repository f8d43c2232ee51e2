"""The folder of workspaces: one folder a brand, one that the agency or company keeps them all in."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desirelines.errors import BadInput, Conflict, DesirelinesError, NotFound
from desirelines.plan import Brand, Plan
from desirelines.settings import Settings
from desirelines.simulate import DEMOS, find_demo, is_ready
from desirelines.store import Database
from desirelines.workspace import Workspace

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}\Z")


class Home:
    """All workspaces under one folder; opens each once."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder.absolute()
        self.settings = settings
        self._open: dict[str, Workspace] = {}
        self._lock = threading.Lock()
        self._database: Database | None = None

    def database(self) -> Database:
        """What belongs to the server and to no workspace: accounts and sessions. Made when first asked for."""
        with self._lock:
            if self._database is None:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._database = Database.open(self.folder / "home.db")
            return self._database

    def names(self) -> list[str]:
        """The workspaces' names, in order."""
        places = (self.folder / "workspaces").glob("*/workspace.db")
        return sorted(place.parent.name for place in places if NAME.match(place.parent.name))

    def place(self, name: str) -> Path:
        """Where a workspace of this name lies. Raises BadInput for what is no name."""
        if not NAME.match(name):
            raise BadInput(f"{name!r} cannot name a workspace", hint="small letters, digits and -, at most 41")
        return self.folder / "workspaces" / name

    def open(self, name: str) -> Workspace:
        """The workspace, opened once and kept. Raises NotFound."""
        with self._lock:
            if name not in self._open:
                place = self.place(name)
                if not (place / "workspace.db").is_file():
                    raise NotFound(f"there is no workspace {name!r}", hint=f"there are: {', '.join(self.names()) or 'none yet'}")
                self._open[name] = Workspace(place, self.settings)
            return self._open[name]

    def create(self, name: str, brand: str, zone: str = "UTC", currency: str = "EUR") -> Workspace:
        """A new, empty workspace. Raises Conflict when the name is taken."""
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise BadInput(f"{zone!r} is no time zone", hint="such as Europe/Berlin or America/Sao_Paulo") from error
        plan = _first_plan(brand, zone, currency)
        place = self.place(name)
        with self._lock:
            if (place / "workspace.db").exists():
                raise Conflict(f"there is a workspace {name!r} already", hint="choose another name")
            place.mkdir(parents=True, exist_ok=True)
            workspace = self._open[name] = Workspace(place, self.settings)
        workspace.save_draft(plan, 0, 0)
        return workspace

    def rows(self) -> list[dict[str, Any]]:
        """One row a workspace, for the start page."""
        return [self._row(name) for name in self.names()]

    def _row(self, name: str) -> dict[str, Any]:
        """A workspace that cannot be opened is listed with what is wrong: it must not hide the others."""
        try:
            return {**self.open(name).row(), "fault": ""}
        except DesirelinesError as error:
            unknown = {"simulated": False, "events": 0, "people": None, "plan_version": 0}
            return {"name": name, "brand": name, **unknown, "fault": f"{error.message} ({error.hint})"}

    def demo_rows(self) -> list[dict[str, Any]]:
        """The demos that are offered."""
        return [
            {"name": demo.name, "title": demo.title, "about": demo.about, "real": demo.real, "ready": self.demo_ready(demo.name)}
            for demo in DEMOS
        ]

    def demo_ready(self, name: str) -> bool:
        """True when the demo is loaded whole."""
        return name in self.names() and self.open(name).plan_number() > 0 and not self.open(name).working()

    def demo_workspace(self, name: str) -> Workspace:
        """The workspace that a demo is loaded into, made if need be."""
        demo = find_demo(name)
        if name in self.names():
            return self.open(name)
        if not is_ready(name):
            raise NotFound(f"the data of the demo {name} are not installed", hint=demo.about, code="demo_not_installed")
        return self.create(name, demo.title)


def _first_plan(brand: str, zone: str, currency: str) -> Plan:
    try:
        return Plan(brand=Brand(name=brand, zone=zone, currency=currency))
    except ValueError as error:
        raise BadInput(
            f"a brand cannot be called {brand[:200]!r} with the currency {currency[:200]!r}",
            hint="a name of 1 to 200 characters, and an ISO code such as EUR",
        ) from error
