"""What must be done, where, and under which labour rules: the solver-free problem data.

Cost rates are plain numbers in one unnamed unit; currency, margin and offers are not known here.
"""

from staffing.brief.people import LabourRules, SupportRole, SurgeTerms, WorkforceTerms
from staffing.brief.teams import SiteBrief, StaffingBrief, TeamBrief
from staffing.brief.work import (
    Blend,
    HistoryStep,
    LiveTarget,
    ServiceBrief,
    TurnaroundTarget,
    VolumeBrief,
    VolumeHistory,
)

__all__ = [
    "Blend",
    "HistoryStep",
    "LabourRules",
    "LiveTarget",
    "ServiceBrief",
    "SiteBrief",
    "StaffingBrief",
    "SupportRole",
    "SurgeTerms",
    "TeamBrief",
    "TurnaroundTarget",
    "VolumeBrief",
    "VolumeHistory",
    "WorkforceTerms",
]
