"""The world's files read back with csv, json and pandas only: nothing here knows how they were made."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

ZONE = "Europe/Berlin"
NOBODY = {"0", "null", "anonymous", "00000000-0000-0000-0000-000000000000"}


@dataclass(frozen=True)
class Files:
    truth: dict[str, Any]
    who: dict[str, int]
    web: pd.DataFrame
    adverts: pd.DataFrame
    social: pd.DataFrame
    chat: pd.DataFrame
    shops: pd.DataFrame
    orders: pd.DataFrame
    billing: pd.DataFrame
    delivery: pd.DataFrame
    calls: pd.DataFrame
    reviews: pd.DataFrame
    crm: pd.DataFrame
    surveys: pd.DataFrame
    duplicates: dict[str, int]
    conflicts: int


def read(folder: Path) -> Files:
    def text(name: str, **options: Any) -> pd.DataFrame:
        return pd.read_csv(folder / name, dtype=str, keep_default_na=False, **options)

    web = pd.read_parquet(folder / "web.parquet")
    adverts = text("adverts.tsv", sep="\t")
    calls = pd.DataFrame(_calls(folder / "calls.csv"))
    named = pd.read_parquet(folder / "truth.parquet")
    return Files(
        truth=json.loads((folder / "truth.json").read_text(encoding="utf-8")),
        who={value: int(person) for value, person in zip(named["value"], named["person"], strict=True)},
        web=web.drop_duplicates("event_id"),
        adverts=adverts.drop_duplicates("advert_id"),
        social=_json_lines(folder / "social.jsonl"),
        chat=_json_lines(folder / "chat.jsonl"),
        shops=text("shops.csv"),
        orders=_json_lines(folder / "orders.jsonl"),
        billing=text("billing.csv", sep=";", encoding="cp1252"),
        delivery=text("delivery.csv"),
        calls=calls.drop_duplicates("call"),
        reviews=_json_lines(folder / "reviews.jsonl"),
        crm=text("crm.csv"),
        surveys=text("surveys.csv"),
        duplicates={"web": int(web.duplicated("event_id").sum()), "adverts": int(adverts.duplicated("advert_id").sum())},
        conflicts=int(calls.duplicated("call").sum()),
    )


def _calls(path: Path) -> Iterator[dict[str, str]]:
    """The good rows, and rows that contradict one; the planted bad ones are named `bad` or not at all."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = csv.reader(line.replace("\x00", "") for line in file)
        header = next(rows)
        for row in rows:
            if row[0] and not row[0].startswith("bad"):
                yield dict(zip(header, row, strict=True))


def _json_lines(path: Path) -> pd.DataFrame:
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if row.get("type", "x"):
            rows.append(row)
    return pd.DataFrame(rows)


def utc(texts: pd.Series) -> pd.Series:
    return pd.to_datetime(texts[texts.notna() & (texts != "")], utc=True)


def wall(texts: pd.Series) -> pd.Series:
    return pd.to_datetime(texts[texts != ""]).dt.tz_localize(ZONE).dt.tz_convert("UTC")


def happened(files: Files) -> Iterator[tuple[str, str, pd.Series, pd.Series]]:
    """(source, event, instants, identifier that finds the person), one event at a time."""
    web = files.web
    for event, rows in web.groupby("event"):
        yield "web", str(event), rows["at"], rows["cookie"]
    for event, rows in files.adverts.groupby("what"):
        yield "adverts", str(event), pd.to_datetime(rows["at_ms"].astype("int64"), unit="ms", utc=True), rows["cookie"]
    yield "social", "Post Liked", utc(files.social["at"]), files.social["handle"]
    yield "chat", "Chat Started", utc(files.chat["started_at"]), files.chat["cookie"]
    for event, rows in files.shops.groupby("what"):
        yield "shops", str(event), wall(rows["at"]), rows["card"]
    for event, rows in files.orders.groupby("type"):
        yield "orders", str(event), utc(rows["at"]), rows["order_no"]
    yield "billing", "Invoice Sent", wall(files.billing["gestellt"]), files.billing["Auftrag"]
    yield "billing", "Invoice Paid", wall(files.billing["bezahlt"]), files.billing["Auftrag"]
    for event, column in (
        ("Parcel Handed Over", "handed_over"),
        ("Out for Delivery", "out_for_delivery"),
        ("Delivered", "delivered"),
    ):
        yield "delivery", event, utc(files.delivery[column]), files.delivery["order_no"]
    finds = files.calls["order_no"].where(files.calls["order_no"] != "", files.calls["phone"])
    yield "calls", "Service Called", utc(files.calls["called_at"]), finds
    yield "calls", "Problem Solved", utc(files.calls["solved_at"]), finds
    yield "reviews", "Review Asked", utc(files.reviews["asked_at"]), files.reviews["order_no"]
    yield "reviews", "Review Written", utc(files.reviews["written_at"]), files.reviews["order_no"]
