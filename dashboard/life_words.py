"""Where a quote stands and what moves it, as a person says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.wording import OFFERS, moment, sentence, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]


class ActionWords(NamedTuple):
    """What the button of an action says, and what comes of it."""

    button: str
    comes_of_it: str


ACTIONS = {
    "request-approval": ActionWords(
        "Send for approval", "Without a reason against it, it is approved at once."
    ),
    "approve": ActionWords("Approve", "It may be sent then, as it is."),
    "reject": ActionWords("Reject", "It is a draft again."),
    "send": ActionWords("Send to the client", "The client sees it, and earlier revisions end."),
    "accept": ActionWords("Enter that it was accepted", "That is final: other revisions end."),
    "decline": ActionWords("Enter that it was declined", "That is final."),
    "request-revision": ActionWords(
        "Enter that another offer is wanted", "Then a revision is due."
    ),
    "void": ActionWords("Withdraw", "That is final."),
}
_STATES = {
    "draft": "a draft",
    "pending_approval": "waiting for approval",
    "approved": "approved, and may be sent",
    "sent": "sent to the client",
    "accepted": "accepted",
    "declined": "declined",
    "revision_requested": "to be revised: the client wants another offer",
    "expired": "expired",
    "superseded": "replaced by a later revision",
    "void": "withdrawn",
}


def stands(life: Json) -> str:
    """``Q-2027-00001 revision 2 is sent to the client. It holds until …``."""
    said = [
        f"{life['number']} revision {life['revision']} is "
        f"{_STATES.get(life['state'], words(life['state']))}."
    ]
    if life["state"] == "sent" and life["expires_at"]:
        said.append(f"It holds until {moment(life['expires_at'])} UTC.")
    if life["choice"]:
        chosen = (f"{name}: {OFFERS[method]}" for name, method in life["choice"].items())
        said.append(f"Chosen: {', '.join(chosen)}.")
    if life["note"]:
        said.append(f"Said with it: {sentence(life['note'])}")
    return " ".join(said)


def changed_by(change: Json | None) -> str:
    """Say who changed a quote last, when, and how."""
    if change is None:
        return "It was changed meanwhile."
    what = words(str(change["type"]).replace(".", " "))
    return f"Changed by {change['actor_name']} at {moment(change['at'])} UTC: {what}."
