"""One changed figure in a frozen document, everything around it kept."""


def altered(document, path, change):
    """Return a copy with the value at `path` replaced by `change(value)`; nothing is validated.

    Parameters
    ----------
    path : str
        Fields, keys and indices joined by dots, e.g. ``teams.0.workforce.hires.3``.
    change : callable
        Old value in, new value out.
    """
    step, _, rest = path.partition(".")
    child = part(document, step)
    new = altered(child, rest, change) if rest else change(child)
    if hasattr(document, "model_copy"):
        return document.model_copy(update={step: new})
    if isinstance(document, dict):
        return {**document, step: new}
    return (*document[: int(step)], new, *document[int(step) + 1 :])


def part(document, step):
    """Return one field, key or element."""
    if hasattr(document, "model_copy"):
        return getattr(document, step)
    return document[step if isinstance(document, dict) else int(step)]


def leaf_paths(document):
    """Paths of all figures and texts; of a series only its middle element."""
    if hasattr(document, "model_copy"):
        steps = list(type(document).model_fields)
    elif isinstance(document, dict):
        steps = list(document)
    elif isinstance(document, tuple):
        steps = [str(len(document) // 2)] if document else []
    else:
        return [""]
    return [
        f"{step}.{rest}".rstrip(".") for step in steps for rest in leaf_paths(part(document, step))
    ]
