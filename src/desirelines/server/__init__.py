"""The pages and the API over one home folder, on loopback only."""

from desirelines.server.app import create_app
from desirelines.server.serve import serve

__all__ = ["create_app", "serve"]
