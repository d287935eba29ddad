"""Both offers as the client compares them; the vendor's view of the same stands apart."""

from pricing.client_comparison.build import client_comparison
from pricing.client_comparison.document import ClientComparison
from pricing.client_comparison.vendor import VendorView, vendor_view

__all__ = ["ClientComparison", "VendorView", "client_comparison", "vendor_view"]
