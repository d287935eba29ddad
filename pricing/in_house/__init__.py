"""The work done by the client's own people: how many it takes, and what they come to."""

from pricing.in_house.document import InHouseCosts, InHouseLine, InHouseTeam
from pricing.in_house.terms import resolve_in_house
from pricing.in_house.total import in_house_costs

__all__ = ["InHouseCosts", "InHouseLine", "InHouseTeam", "in_house_costs", "resolve_in_house"]
