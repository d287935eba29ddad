"""Work that stores nothing: a body with an engagement in, a document or a file out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from api.formats import JSON
from api.jobs.work import Bench, Done, Kind, Order
from api.study_bodies import places_in
from pricing.reading import read_document
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    type Writer[B] = Callable[[Document, B], str | bytes]


def _json(document: Document, _: Document) -> str:
    return document.model_dump_json()


def answering[B: Document](
    model: type[B],
    work: Callable[[B, Bench], Document],
    files: Mapping[str, Writer[B]] | None = None,
    *,
    stages: Callable[[Order], int] | None = None,
) -> Kind:
    """Make a kind of work of what turns a body into a document.

    Parameters
    ----------
    model : type
        What the body is read as; it holds an ``engagement``.
    work : callable
        From body to document; whatever it refuses is named by its place in the body.
    files : mapping, optional
        What writes the document, given with its body, by media type; JSON unless stated.
    stages : callable, optional
        About how many steps it will tell of.
    """
    writers = {JSON: _json, **(files or {})}

    def do(order: Order, bench: Bench) -> Done:
        body = read_document(model, order.body)
        with places_in(body):
            document = bench.pricer.run(lambda: work(body, bench))
        content = writers[order.wanted](document, body)
        return lambda _: Response(content, media_type=order.wanted)

    return Kind(do, stages)
