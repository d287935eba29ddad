"""Goal seek: the price that holds a margin, the productivity at which both offers are equal."""

from pricing.goal_seek.document import GoalSeek, GoalSeekRequest
from pricing.goal_seek.study import goal_seek

__all__ = ["GoalSeek", "GoalSeekRequest", "goal_seek"]
