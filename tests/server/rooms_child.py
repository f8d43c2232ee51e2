"""A server process of its own, to be killed: `python rooms_child.py HOME PORT`."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

from desirelines.home import Home
from desirelines.server import create_app
from desirelines.settings import Settings

if __name__ == "__main__":
    settings = Settings(home=Path(sys.argv[1]), author="Ada")
    app = create_app(Home(settings.home, settings), settings)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", ws="websockets-sansio")
