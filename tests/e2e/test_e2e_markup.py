"""Names that are markup: shown as text on every page, run on none."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect
from walking import Served, Walk, addresses

pytestmark = pytest.mark.e2e
PAYLOAD = "<img src=x onerror=window.__xss=1>"
SIGHTS = [
    *(f"map?selected={one}" for one in ("touchpoint:t", "stage:s", "promise:p", "moment:m")),
    "map?zoom=table",
    "journeys?level=event",
]

SOURCE = """\
source: hostile
about: "X"
format: csv
people: {customer: who}
events:
  - event_column: what
    time: {column: when, format: "%Y-%m-%d"}
    channel_column: where
    properties: {page: what}
"""
ROWS = """\
what,who,where,when
X,Xann,X,2024-03-01
X,Xben,X,2024-03-02
X again,Xann,X,2024-03-03
X,Xcem,X,X
"""
PLAN = """\
brand: {name: "X", about: "X"}
strategy: {message: "X", how: "X"}
teams: [{id: team, name: "X", lead: "X"}]
personas: [{id: who, name: "X", words: "X"}]
touchpoints:
  - {id: t, name: "X", words: "X", owner: team, systems: ["X"], rule: ["X"]}
  - {id: u, name: "X after", words: "X"}
moments: [{id: m, words: "X", stage: s, touchpoints: [t]}]
promises: [{id: p, name: "X", words: "X", touchpoint: t, target: 0.9, within: {start: "X", to: "X again", time: 1d}}]
journeys:
  - id: j
    name: "X"
    stages:
      - {id: s, name: "X", side: buyer, think: "X", do: "X", steps: [{id: st, touchpoint: t}]}
      - {id: after, name: "X", side: customer, steps: [{id: su, touchpoint: u}]}
"""


@pytest.fixture
def hostile(served: Served, tmp_path: Path) -> str:
    """A brand all of whose names are markup, down to the file's."""
    names = {"source": f"{PAYLOAD}.yaml", "rows": f"{PAYLOAD}.csv", "plan": "plan.yaml"}
    paths = {key: tmp_path / name for key, name in names.items()}
    for key, text in {"source": SOURCE, "rows": ROWS, "plan": PLAN}.items():
        paths[key].write_text(text.replace("X", PAYLOAD))
    served.cli("init", "markup", "--brand", PAYLOAD)
    receipt = served.cli("-w", "markup", "collect", "import", str(paths["source"]), str(paths["rows"]))
    assert (receipt["accepted"], receipt["rows_refused"]) == (3, 1)
    served.cli("-w", "markup", "plan", "import", str(paths["plan"]))
    served.cli("-w", "markup", "plan", "publish", "--note", PAYLOAD)
    return "markup"


def test_markup_in_names_is_text_on_every_page(served: Served, walk: Walk, hostile: str) -> None:
    """The canary holds that it never runs: whatever sets it, or is kept from it, breaks the console's silence."""
    values = "[...document.querySelectorAll('input, textarea')].map(one => one.value).join()"
    for path in ["/", *addresses(served, hostile, SIGHTS)]:
        page = walk.go(path)
        assert page.locator("img").count() == 0, path
        assert PAYLOAD in page.evaluate(f"document.body.innerText + {values}"), path
    page = walk.go(f"/w/{hostile}/data/bring")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Choose a file").click()
    rows = f"{PAYLOAD},mail,at\n{PAYLOAD},{PAYLOAD}@example.org,2024-01-01 10:00\n".encode()
    chosen.value.set_files(FilePayload(name=f"{PAYLOAD}.csv", mimeType="text/csv", buffer=rows))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Is this what <img")
    expect(page.get_by_role("region", name="The first rows as events")).to_contain_text(PAYLOAD)
    assert page.locator("img").count() == 0
