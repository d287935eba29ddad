"""A pricer that does nothing, in steps that a test lets it take."""

from threading import Event, Lock

from tests.builders.comparisons import compared_quote

PATIENCE_S = 60


class StagedPricer:
    """Answers the same quote for everything, after two steps; the second waits for `gate`."""

    def __init__(self, *, opened=True):
        self.gate = Event()
        self.reached = Event()
        self.priced = 0
        self.at_a_time = self.most_at_a_time = 0
        self._lock = Lock()
        if opened:
            self.gate.set()

    def price(self, _, *, progress, log):
        with self._lock:
            self.at_a_time += 1
            self.most_at_a_time = max(self.at_a_time, self.most_at_a_time)
        try:
            progress("first step")
            self.reached.set()
            assert self.gate.wait(PATIENCE_S)
            progress("second step")
            log.solver_s += 0.25
            self.priced += 1
            return compared_quote()
        finally:
            with self._lock:
                self.at_a_time -= 1
