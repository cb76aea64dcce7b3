"""An office file made the same, byte for byte, whenever it is made from the same words."""

import io
import zipfile
from datetime import datetime
from typing import Any

FIXED_DAY = (1980, 1, 1, 0, 0, 0)


def settled(content: bytes) -> bytes:
    """Return the package with its parts' clock times taken out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, FIXED_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return stream.getvalue()


def dated(properties: Any, title: str, author: str, moment: datetime) -> None:
    """Set a document's properties; `moment` is what it says it was made at, not when it was."""
    properties.title, properties.author = title, author
    properties.created = properties.modified = moment.replace(microsecond=0)
    properties.last_modified_by = author
    properties.comments, properties.keywords, properties.revision = "", "", 1
