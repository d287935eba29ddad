"""Shift schedules found by mathematical programming: the one place that knows the solver."""

import importlib
import sys
from types import ModuleType


class _LoadedWhenUsed(ModuleType):
    """Stands for a module, and imports it when something of it is asked for."""

    def __getattr__(self, attribute: str) -> object:
        if attribute.startswith("__"):  # of the import system
            raise AttributeError(attribute)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), attribute)


# What PuLP reads solvers' logs with takes half of its import, and we have no log read.
sys.modules.setdefault("orloge", _LoadedWhenUsed("orloge"))
