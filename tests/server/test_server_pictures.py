"""Pictures over HTTP: brought in by their bytes, given out as nothing but pictures; and what is said of sentences and maps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from door import Door, error
from pictured import GIF, JPEG, PICTURES, WEBP, png
from shop import PLAN, empty, full

from desirelines.home import Home
from desirelines.settings import Settings
from desirelines.studio.picturing import read_picture

K = "/api/w/kiosk/studio"


@pytest.fixture
def kiosk(tmp_path: Path) -> Door:
    home, _ = empty(tmp_path)
    return Door(home)


def bring(door: Door, data: bytes, name: str = "x.png", said: str = "image/png") -> httpx.Response:
    return door.ask("POST", f"{K}/pictures", files={"file": (name, data, said)})


@pytest.mark.parametrize("media", PICTURES)
def test_what_comes_in_comes_out_as_that_kind_of_picture_and_for_ever(kiosk: Door, media: str) -> None:
    kept = bring(kiosk, PICTURES[media] + b"<script>").json()
    assert {name: kept[name] for name in ("media", "width", "height")} == {"media": media, "width": 6, "height": 4}
    found = kiosk.get(f"{K}/pictures/{kept['digest']}")
    assert found.content == read_picture(PICTURES[media], 10**6).data
    assert found.headers["content-type"] == media
    assert found.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers.get_list("content-security-policy")[0] == "default-src 'none'; sandbox"
    assert found.headers["content-disposition"].startswith(f'inline; filename="{kept["digest"][:12]}.')


def test_the_same_picture_twice_is_kept_once_and_not_sent_again_to_whoever_has_it(kiosk: Door) -> None:
    first, second = (bring(kiosk, GIF).json()["digest"] for _ in range(2))
    assert first == second
    answer = kiosk.ask("GET", f"{K}/pictures/{first}", headers={"if-none-match": f'"{first}"'})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.png", "image/png"),
        (b"<html><script>alert(1)</script>", "x.gif", "image/gif"),
        (b"", "x.png", "image/png"),
    ],
)
def test_neither_a_name_nor_a_stated_kind_makes_a_picture(kiosk: Door, data: bytes, name: str, said: str) -> None:
    answer = bring(kiosk, data, name, said)
    assert (answer.status_code, error(answer)["code"]) == (422, "bad_input")


def test_a_picture_under_another_name_and_kind_is_what_its_bytes_say(kiosk: Door) -> None:
    assert bring(kiosk, JPEG, "../../evil.html", "text/html").json()["media"] == "image/jpeg"


def test_limits_of_one_picture_and_of_all(tmp_path: Path) -> None:
    home, _ = empty(tmp_path)
    size = len(read_picture(GIF, 10**6).data)
    small = Home(home.folder, replace(Settings(), picture_max_bytes=len(JPEG), pictures_max_bytes=size))
    door = Door(small)
    assert bring(door, JPEG + b"x").status_code == 413
    assert bring(door, GIF).status_code == 200
    again = bring(door, GIF)
    assert again.status_code == 200, "what is kept already takes no more room"
    answer = bring(door, WEBP)
    assert (answer.status_code, error(answer)["code"]) == (413, "too_large")
    assert "pictures_max_bytes" in error(answer)["hint"]


@pytest.mark.parametrize(
    "digest", ["..", "%2e%2e%2fworkspace.db", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + ".png", "a" * 64 + "%00"]
)
def test_only_a_digest_names_a_picture(kiosk: Door, digest: str) -> None:
    answer = kiosk.get(f"{K}/pictures/{digest}")
    assert answer.status_code in (404, 405, 422)
    assert "image" not in answer.headers["content-type"]


def test_a_picture_of_another_workspace_is_not_here(tmp_path: Path) -> None:
    home, _ = empty(tmp_path)
    home.create("other", "Other", "UTC", "EUR")
    door = Door(home)
    digest = bring(door, png()).json()["digest"]
    assert door.get(f"/api/w/other/studio/pictures/{digest}").status_code == 404


def test_the_lint_while_writing_answers_with_suggestions_and_keeps_nothing(kiosk: Door) -> None:
    found = kiosk.post(f"{K}/wording", {"words": "Customers want to return their parcel"}).json()
    assert [(one["code"], one["word"], one["suggestions"][0]) for one in found] == [
        ("brand-speak", "Customers", "I want to return my parcel")
    ]
    [placed] = kiosk.post(f"{K}/wording", {"words": "Tram-stop advert", "media": ["advert"]}).json()
    assert (placed["code"], placed["severity"]) == ("placement-is-no-moment", "error")
    assert kiosk.post(f"{K}/wording", {"words": "x", "speaker": "brand"}).status_code == 422
    assert kiosk.post(f"{K}/wording", {"words": "x" * 10_001}).status_code == 422


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Door:
    home, _ = full(tmp_path_factory.mktemp("evidence"))
    return Door(home)


def test_the_evidence_of_a_map_rests_on_its_data(drawn: Door) -> None:
    found = drawn.json(f"{K}/evidence")
    sheet = drawn.json("/api/w/kiosk/map/sheet")
    cells = {one["element"]: one for one in found["cells"]}
    assert found["journey"] == sheet["journey"]
    assert sum(found["counts"].values()) == len(cells)
    for touchpoint in sheet["touchpoints"]:
        if touchpoint["stages"]:
            assert cells[f"touchpoint:{touchpoint['id']}"]["grade"] == touchpoint["evidence"]["grade"]
    assert "events" in found["rests_on"]


def test_a_map_that_is_not_drawn_has_no_evidence_and_a_plan_without_data_has(tmp_path: Path, drawn: Door) -> None:
    assert drawn.get(f"{K}/evidence", journey="bury").status_code == 404
    home, workspace = empty(tmp_path)
    workspace.import_plan(PLAN, "plan.yaml")
    found: dict[str, Any] = Door(home).json(f"{K}/evidence")
    assert found["rests_on"] == []
    assert found["counts"]["measured"] == 0
    assert found["next"]


def test_words_of_customers_are_found_by_what_is_in_them(drawn: Door) -> None:
    everything = drawn.json(f"{K}/verbatims")
    assert all(one["words"] and one["n"] >= 1 for one in everything)
    assert drawn.json(f"{K}/verbatims", find="no customer ever said this") == []
    for one in everything[:3]:
        word = one["words"].split()[0].upper()
        assert one["words"] in [other["words"] for other in drawn.json(f"{K}/verbatims", find=word)]
