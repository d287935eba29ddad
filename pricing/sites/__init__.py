"""Where to deliver: an engagement with candidate sites in, a study of sites and splits out."""

from pricing.sites.report import SiteRequest, SiteStudy
from pricing.sites.study import site_study

__all__ = ["SiteRequest", "SiteStudy", "site_study"]
