"""How a rule across several fields says which of them is wrong."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

MISFIT = "misfit"


def misfit(*path: str | int, accepted: str, found: str | None = None) -> PydanticCustomError:
    """Build the error of a model validator; pydantic alone would name only the model.

    Parameters
    ----------
    *path : str or int
        Steps from the model to the field, e.g. ``"delivery", 0, "site"``; none for the model
        itself.
    accepted : str
        What is accepted there instead.
    found : str, optional
        What was found; by default the value written at `path`.
    """
    context = {"path": path, "accepted": accepted}
    if found is not None:
        context["found"] = found
    return PydanticCustomError(MISFIT, "{accepted}", context)
