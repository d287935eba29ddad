"""Waiting lines of live work, exact, over whole arrays at once.

Erlang B and C where nobody hangs up, Erlang A where callers lose patience. Formulas, symbols and
measured accuracy: ``docs/models/queueing.md``.
"""

from staffing.queueing.erlang import erlang_b, erlang_c
from staffing.queueing.measures import QueuePerformance, performance
from staffing.queueing.search import agents_required

__all__ = ["QueuePerformance", "agents_required", "erlang_b", "erlang_c", "performance"]
