"""Every setting in one table: name, default, help. The only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from desirelines.errors import BadInput

PREFIX = "DESIRELINES_"
SWITCH = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False, "": False}


@dataclass(frozen=True)
class Settings:
    """What can be set; `HELP` says what each means. An environment variable is the name in capitals after DESIRELINES_."""

    home: Path = Path("desirelines-home")
    host: str = "127.0.0.1"
    port: int = 8765
    author: str = ""
    upload_max_bytes: int = 2_000_000_000
    picture_max_bytes: int = 5_000_000
    pictures_max_bytes: int = 500_000_000
    desire_line_rate: float = 0.01
    desire_line_people: int = 30
    job_poll_seconds: float = 0.3
    question_seconds: float = 60.0
    sign_in: bool = False
    host_names: str = ""
    https: bool = False


HELP: Mapping[str, str] = {
    "home": "the folder that holds the workspaces",
    "host": "the address to listen on; without sign-in only loopback is allowed",
    "port": "the port to listen on",
    "author": "the name written into versions and receipts; the system's user if empty",
    "upload_max_bytes": "the largest file that may be dropped in the browser",
    "picture_max_bytes": "the largest picture that may be put on a map",
    "pictures_max_bytes": "what all pictures of a workspace may come to",
    "desire_line_rate": "a way nobody drew is a desire line from this share of journeys on",
    "desire_line_people": "and from this many customers on",
    "job_poll_seconds": "how often the keeper looks for work",
    "question_seconds": "a question from the browser that takes longer is stopped",
    "sign_in": "people sign in with accounts; only then is another address than loopback served",
    "host_names": "the names people reach the server by, parted by commas; loopback is always among them",
    "https": "a proxy in front speaks https: cookies travel only so, and only pages from there may ask",
}


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment. Raises BadInput with every fault at once."""
    given: dict[str, Any] = {}
    faults: list[str] = []
    for row in fields(Settings):
        text = environment.get(PREFIX + row.name.upper())
        if text is None:
            continue
        try:
            given[row.name] = _value(type(getattr(Settings, row.name)), text)
        except ValueError:
            faults.append(f"{PREFIX}{row.name.upper()}={text!r} is not {type(getattr(Settings, row.name)).__name__}")
    unknown = [name for name in environment if name.startswith(PREFIX) and name[len(PREFIX) :].lower() not in HELP]
    faults += [f"{name} is not a setting" for name in unknown if name != PREFIX + "SKIP_WEB"]
    if faults:
        raise BadInput("; ".join(faults), hint=f"the settings are {', '.join(HELP)}")
    return Settings(**given)


def _value(kind: type, text: str) -> Any:
    """The text as this kind of setting. Raises ValueError."""
    if kind is bool:
        if text.lower() not in SWITCH:
            raise ValueError(text)
        return SWITCH[text.lower()]
    return kind(text)
