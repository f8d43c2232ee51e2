"""Pictures on maps: brought in, known by their bytes, given out as nothing but pictures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response, UploadFile
from pydantic import BaseModel

from desirelines import store
from desirelines.errors import NotFound, TooLarge
from desirelines.server.routes.given import ThePerson, TheWorkspace
from desirelines.studio import MEDIA, on_map, read_picture

router = APIRouter(prefix="/api/w/{w}/studio/pictures", tags=["studio"])

Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the picture's bytes, in hex")]

_HEADERS = {
    "cache-control": "private, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
}


class PictureRow(BaseModel):
    """A picture that is kept, without what a camera wrote into it."""

    digest: str
    media: str
    width: int
    height: int
    bytes: int


@router.post("")
def keep(workspace: TheWorkspace, person: ThePerson, file: UploadFile) -> PictureRow:
    """Bring in a PNG, JPEG, WebP or GIF (multipart field `file`); its name and what it says it is are not looked at."""
    settings = workspace.settings
    picture = read_picture(file.file.read(settings.picture_max_bytes + 1), settings.picture_max_bytes)
    if not store.has_blob(workspace.database, store.digest_of(picture.data)):
        most = settings.pictures_max_bytes
        if store.count_blob_bytes(workspace.database) + len(picture.data) > most:
            raise TooLarge(f"the pictures of a workspace may come to {most:,} bytes", hint="the setting is `pictures_max_bytes`")
    blob = store.put_blob(workspace.database, picture.media, picture.data, person.name or workspace.author)
    size = len(picture.data)
    return PictureRow(digest=blob.digest, media=picture.media, width=picture.width, height=picture.height, bytes=size)


@router.get("/{digest}", response_class=Response, responses={200: {"content": {kind: {} for kind in MEDIA}}})
def picture(workspace: TheWorkspace, person: ThePerson, request: Request, digest: Digest) -> Response:
    """The bytes of a picture; they never change. A guest is given those of their own map."""
    if person.guest_of is not None and digest not in on_map(workspace.plan("draft"), person.guest_of):
        raise NotFound("there is no picture with this digest")
    tag = f'"{digest}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={**_HEADERS, "etag": tag})
    blob = store.get_blob(workspace.database, digest)
    if blob.media not in MEDIA:
        raise NotFound("there is no picture with this digest")
    name = f'inline; filename="{digest[:12]}.{MEDIA[blob.media]}"'
    return Response(blob.data, media_type=blob.media, headers={**_HEADERS, "etag": tag, "content-disposition": name})
