"""Experiments: what chance alone decided, and so what may be called caused."""

from __future__ import annotations
