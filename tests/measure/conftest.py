"""One kiosk for all tests that only ask."""

from __future__ import annotations

import pytest
from shop import full

from desirelines.workspace import Workspace


@pytest.fixture(scope="session")
def asked_kiosk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The kiosk's twelve events and its plan; nothing may be changed in it."""
    return full(tmp_path_factory.mktemp("asked"))[1]
