"""The pages and the API over one home folder, on loopback only."""

from desirelines.server.app import create_app
from desirelines.server.serve import READY, serve

__all__ = ["READY", "create_app", "serve"]
