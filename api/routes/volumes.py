"""`/v1/volumes`: a table of volumes read into a history; nothing is kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from api.body import read_bytes
from api.formats import CSV, XLSX
from api.problems import problem_responses
from api.tables.volumes import VolumesTable, Wanted, volumes_table

router = APIRouter(prefix="/v1/volumes", tags=["engagements"])

_TABLE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            CSV: {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


@router.post("", responses=problem_responses(403, 406, 413, 415, 422), openapi_extra=_TABLE)
async def read_volumes(request: Request, wanted: Annotated[Wanted, Query()]) -> VolumesTable:
    """Read a CSV file or a sheet: its columns and first rows; with a column, its history.

    Rows that cannot be read are listed, each with what was found there.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    content = await read_bytes(request, request.app.state.settings.max_body_bytes)
    return await run_in_threadpool(volumes_table, content, kind, wanted)
