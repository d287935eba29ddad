"""A job as it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, Field

from api.store.jobs import DONE, FAILED, OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from api.store.jobs import StoredJob

State = Literal["queued", "running", "done", "failed", "cancelled"]


class JobProgress(BaseModel):
    """How far a job is."""

    stage: int = Field(description="Which step it is at, from 1; 0 before the first.")
    share: float | None = Field(description="About how much is done, 0 to 1; none: not known.")
    words: str = Field(description="What it does.", examples=["claims: hiring over 53 weeks"])


class JobResult(BaseModel):
    """Where to fetch what came of a job, and its status; of a failed one a problem."""

    href: str
    status: int


class Job(BaseModel):
    """A piece of work, and how it stands."""

    id: str
    kind: str = Field(examples=["quote"])
    state: State
    progress: JobProgress
    created_at: str
    started_at: str | None
    finished_at: str | None
    result: JobResult | None = Field(description="Once it is done or failed.")


def location(job_id: str) -> str:
    """Address of a job."""
    return f"/v1/jobs/{job_id}"


def job_document(job: StoredJob) -> Job:
    """Tell how a job stands."""
    ended = job.state in {DONE, FAILED} and job.status is not None
    href = f"{location(job.id)}/result"
    return Job(
        id=job.id,
        kind=job.kind,
        state=job.state,
        progress=JobProgress(stage=job.stage, share=job.share, words=job.words),
        created_at=_time(job.created_at),
        started_at=_time(job.started_at) if job.started_at else None,
        finished_at=_time(job.finished_at) if job.finished_at else None,
        result=JobResult(href=href, status=job.status) if ended and job.status else None,
    )


def is_open(job: StoredJob) -> bool:
    """Whether a job has not ended."""
    return job.state in OPEN


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
