"""`/metrics`: what Prometheus reads."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.jobs.desk import EngineDep
from api.operating.metrics import CONTENT_TYPE_LATEST, Metrics
from api.problems import problem_responses

router = APIRouter(tags=["health"])


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {"content": {"text/plain": {"schema": {"type": "string"}}}},
        **problem_responses(403, 503),
    },
)
def get_metrics(request: Request, engine: EngineDep) -> Response:
    """Count requests by route and status, jobs by state, solver seconds, for Prometheus."""
    metrics: Metrics = request.app.state.metrics
    metrics.show_jobs(engine.count_by_state())
    return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)
