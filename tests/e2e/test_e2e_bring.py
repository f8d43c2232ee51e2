"""A marketing-operations engineer brings three files: guessed, corrected, imported, what was refused mended."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page, expect
from walking import Served, Walk

pytestmark = pytest.mark.e2e
PEOPLE = ("ann", "ben", "cem", "dea")
BERLIN = "Europe/Berlin"


def till() -> bytes:
    """24 sales: day first, though row 17 looks like the month came first; two days in ISO, one blank, one amount in words."""
    rows = ["order;member;mail;when;amount;shop"]
    for n in range(24):
        when = {4: "2025-02-05 10:04", 8: "2025-03-09 10:08", 11: "", 15: "01/25/2025 10:15"}
        who = PEOPLE[n % 4]
        day = f"{n % 12 + 1:02}/{n % 3 + 1:02}/2025 10:{n:02}"
        amount = "on the house" if n == 13 else f"{n + 10},50"
        rows.append(f"A{n + 1:03};{who};{who}@example.org;{when.get(n, day)};{amount};{'web' if n % 2 else 'shop'}")
    return "\n".join([*rows, ""]).encode()


def workbook() -> bytes:
    """Three tickets on the second sheet's neighbour: the first."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [
        ("ticket", "mail", "opened"),
        *((f"T{n}", f"{PEOPLE[n]}@example.org", f"2025-04-0{n + 1} 09:30") for n in range(3)),
    ]:
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def lines() -> bytes:
    visits = [{"at": f"2025-05-0{n + 1}T08:00:00Z", "mail": f"{who}@example.org", "page": "/"} for n, who in enumerate(PEOPLE)]
    return "\n".join(map(json.dumps, [*visits, {"at": "soon", "mail": "eve@example.org", "page": "/"}])).encode()


def drop(page: Page, name: str, content: bytes) -> None:
    """Chooses the file as the system's window would; a drop runs the same way from there on."""
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Choose a file").click()
    chosen.value.set_files(FilePayload(name=name, mimeType="application/octet-stream", buffer=content))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Is this what {name} says?")


def figures(page: Page) -> dict[str, str]:
    """The receipt's lines."""
    names, numbers = page.locator("dl dt").all_inner_texts(), page.locator("dl dd").all_inner_texts()
    return dict(zip(names, numbers, strict=True))


def test_an_engineer_brings_files_and_mends_what_was_refused(served: Served, walk: Walk) -> None:
    page = walk.go("/")
    page.get_by_role("radio", name="Bring a file").click()
    walk.field("Brand").fill("Kiosk")
    walk.field("Time zone").fill(BERLIN)
    page.get_by_role("button", name="Next: choose the file").click()
    page.wait_for_url("**/w/kiosk/data/bring")
    _brings_the_till(walk)
    _mends_the_till(walk)
    _brings_the_others(walk)
    seen = {row["event"]: row["events"] for row in served.cli("-w", "kiosk", "map", "seen")}
    assert seen == {"Order Placed": 20, "Ticket Opened": 3, "Visited": 4}


def _brings_the_till(walk: Walk) -> None:
    page = walk.settled()
    drop(page, "till.csv", till())
    first = page.get_by_role("region", name="The first rows as events")
    expect(first.get_by_role("heading")).to_have_text("The first 20 rows")
    expect(first).to_contain_text("1 Apr 2025, 10:03")  # the guess fell for row 17
    expect(walk.field("Delimiter")).to_have_value("semicolon")

    walk.field("Event").fill("Order Placed")
    walk.field("Written as").fill("%d/%m/%Y %H:%M")
    page.keyboard.press("Escape")
    walk.pick(walk.field("member names a"), "person")
    walk.pick(walk.field("order names a"), "object")
    walk.pick(walk.field("Type of amount"), "number")
    walk.pick(walk.field("Decimal sign"), "comma")
    walk.field("order is in the key").check()
    expect(first).to_contain_text("4 Jan 2025, 10:03")
    expect(first).not_to_contain_text("1 Apr 2025")
    expect(first).to_contain_text("mail: dea@example.org · member: dea · order: A004 · amount: 13.5 · shop: web")
    expect(first.get_by_text("refused (Order Placed): the time does not read as said")).to_have_count(3)
    would = page.get_by_role("paragraph").filter(has_text="from the first 24 rows").locator("..")
    assert would.inner_text().split("\n")[0] == "19 events"
    expect(would).to_contain_text("5 refused (20.8 %)")
    for words, n in {"the time does not read as said": 3, "the time is blank": 1, "a number does not read as one": 1}.items():
        assert would.get_by_role("listitem").filter(has_text=words).inner_text().split() == [*words.split(), str(n)]

    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("19 events came in from till.csv.")
    walk.settled()
    told = figures(page)
    assert told == {
        "rows read": "24",
        "events accepted": "19",
        "links between identifiers": "4",
        "rows refused": "5",
        "the time does not read as said": "3",
        "the time is blank": "1",
        "a number does not read as one": "1",
    }


def _mends_the_till(walk: Walk) -> None:
    page = walk.page
    page.get_by_role("link", name="Mend the refused").click()
    walk.settled()
    expect(page.get_by_role("heading", level=1)).to_have_text("5 refusals from till: kept, counted, waiting to be mended.")
    by_reason = page.get_by_role("group", name="By reason")
    by_reason.get_by_role("button", name="a number does not read as one · 1").click()
    walk.settled()
    rows = page.get_by_role("region", name="Refused rows").get_by_role("row")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text("on the house")
    by_reason.get_by_role("button", name="a number does not read as one · 1").click()

    page.get_by_role("button", name="Mend the source file").click()
    page.get_by_role("button", name="Mend it").click()
    text = walk.field("Source file")
    assert text.input_value().count("type: number") == 1
    text.fill(text.input_value().replace("type: number", "type: text"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Repair", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 refusals from till: kept, counted, waiting to be mended.")


def _brings_the_others(walk: Walk) -> None:
    page = walk.go("/w/kiosk/data/bring")
    drop(page, "tickets.xlsx", workbook())
    walk.field("Event").fill("Ticket Opened")
    expect(page.get_by_text("Nothing would be refused.")).to_be_visible()
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 events came in from tickets.xlsx.")
    walk.settled()
    assert figures(page)["rows read"] == "3"
    page.get_by_role("button", name="Another file").click()
    drop(page, "visits.jsonl", lines())
    walk.field("Event").fill("Visited")
    expect(page.get_by_role("region", name="The first rows as events")).to_contain_text("1 May 2025, 10:00")  # 08:00 UTC
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 events came in from visits.jsonl.")
    walk.settled()
    assert figures(page)["rows refused"] == "1"
    walk.go("/w/kiosk/data")
    expect(page.get_by_role("heading", level=1)).to_have_text("27 events of 4 people from 3 sources.")
    expect(page.get_by_role("main")).to_contain_text("5 refused")
