"""How a question looks at journeys: as what, of whom, cut where, with which events."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Literal["event", "touchpoint", "channel", "source"]
Names = Annotated[str, Field(max_length=500)]


class Walk(BaseModel):
    """Without `gap`, `starts` and `ends` a planned journey's own cut holds, where one of this subject is asked for; else all
    events of a subject are one journey."""

    model_config = ConfigDict(frozen=True)

    level: Annotated[Level, Field(description="what a step is: event, touchpoint, channel or source")] = "event"
    subject: Annotated[str, Field(max_length=64, description="customer, or a kind of object such as order")] = "customer"
    gap: Annotated[str, Field(max_length=20, description="a silence longer than this ends a journey, such as 30m")] = ""
    starts: Annotated[Names, Field(description="a journey begins only here; names parted by |")] = ""
    ends: Annotated[Names, Field(description="a journey ends here; names parted by |")] = ""
    where: Annotated[str, Field(max_length=2000, description="only such events, as in channel:web; text:device=phone")] = ""

    @property
    def cuts(self) -> bool:
        """Whether it says itself where journeys begin and end."""
        return bool(self.gap or self.starts or self.ends)
