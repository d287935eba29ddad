"""Engagement: a request for a quote as a frozen document.

It holds everything a quote rests on, volumes inline. What it leaves out (wages, on-costs, labour
rules, exchange rates) comes from the packaged reference tables; see ``pricing.ratecard``.
"""

from pricing.engagement.commercial import Commercial, RiskPremium, Transition, Uncertainty
from pricing.engagement.contract import Contract
from pricing.engagement.document import Engagement, engagement_schema
from pricing.engagement.hiring_terms import Hiring
from pricing.engagement.holiday_terms import HolidayTerms
from pricing.engagement.in_house import InHouse, InHouseStaff, OutsourcingTerms
from pricing.engagement.pay_changes import PayChange
from pricing.engagement.services import (
    Accuracy,
    DeferrableService,
    Delivery,
    History,
    LiveService,
    ServiceBase,
    Volume,
)
from pricing.engagement.sites import (
    Attrition,
    BreakTerms,
    LabourTerms,
    Shrinkage,
    Site,
    SupportTerms,
    TourTerms,
)
from pricing.engagement.surge_terms import Surge, SurgeLimitTerms, SurgeSourceTerms
from pricing.engagement.tax_terms import TaxTerms

__all__ = [
    "Accuracy",
    "Attrition",
    "BreakTerms",
    "Commercial",
    "Contract",
    "DeferrableService",
    "Delivery",
    "Engagement",
    "Hiring",
    "History",
    "HolidayTerms",
    "InHouse",
    "InHouseStaff",
    "LabourTerms",
    "LiveService",
    "OutsourcingTerms",
    "PayChange",
    "RiskPremium",
    "ServiceBase",
    "Shrinkage",
    "Site",
    "SupportTerms",
    "Surge",
    "SurgeLimitTerms",
    "SurgeSourceTerms",
    "TaxTerms",
    "TourTerms",
    "Transition",
    "Uncertainty",
    "Volume",
    "engagement_schema",
]
