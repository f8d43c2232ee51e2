"""Rooms: whoever draws on one plan at the same time, each over a socket; what is stored is told to all."""

from desirelines.server.rooms.frames import FRAME_BYTES
from desirelines.server.rooms.registry import Rooms, notify
from desirelines.server.rooms.room import Room
from desirelines.server.rooms.seat import Closed, Seat

__all__ = ["FRAME_BYTES", "Closed", "Room", "Rooms", "Seat", "notify"]
