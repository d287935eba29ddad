"""The proposal: what is sent to a client. Nothing of the vendor's side is in it."""

from pricing.proposal.build import proposal
from pricing.proposal.document import Proposal

__all__ = ["Proposal", "proposal"]
