"""From a quote and what was priced to the proposal; nothing is planned or priced anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pricing.client_comparison import client_comparison
from pricing.client_comparison.wording import sentence
from pricing.engagement.contract import Contract
from pricing.invoice.tax_lines import TAX_NAMES, TAX_WORDS
from pricing.proposal.credits import credit_examples
from pricing.proposal.document import Proposal
from pricing.proposal.people import ramp, team_views
from pricing.proposal.rests_on import rests_on
from pricing.proposal.terms import term_sentences
from pricing.reading import engagement_hash
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from datetime import date

    from pricing.agreement import Agreement
    from pricing.engagement import Engagement
    from pricing.proposal.document import Term
    from pricing.quote import Quote
    from pricing.surge_report import SurgeOffer

NO_SURGE = "How a peak would be met is worked out on request."


def proposal(
    quote: Quote,
    engagement: Engagement,
    issued: date,
    *,
    surge: SurgeOffer | None = None,
    surge_note: str = NO_SURGE,
    number: str | None = None,
    revision: int | None = None,
    vendor: str | None = None,
) -> Proposal:
    """Make the document that is sent to a client.

    Parameters
    ----------
    quote : Quote
        Both offers.
    engagement : Engagement
        The resolved document the quote was priced from.
    issued : date
        Day of the proposal; it holds for the quote's days of validity, that one not counted.
    surge : SurgeOffer, optional
        How a peak is met, as the client may see it.
    surge_note : str
        Said where there is none.
    number, revision, vendor
        Of the quote, and who makes it.

    Raises
    ------
    BadInputError
        When the quote was priced from another engagement.
    """
    check_priced_from(quote, engagement, "engagement")
    views = team_views(quote, engagement)
    agreement = quote.agreement
    return Proposal(
        number=number,
        revision=revision,
        vendor=vendor,
        issued=issued,
        valid_until=issued + timedelta(days=quote.engagement.validity_days),
        calculation_version=quote.calculation_version,
        comparison=client_comparison(quote),
        teams=views,
        ramp=ramp(quote, views),
        surge=surge,
        surge_note="" if surge else surge_note,
        credits=credit_examples(quote, agreement.terms if agreement else Contract()),
        terms=_terms(agreement, quote.engagement.currency),
        rests_on=rests_on(quote, engagement),
        taxes=_taxes(quote),
        quote_hash=quote.content_hash,
    )


def check_priced_from(quote: Quote, engagement: Engagement, path: str) -> None:
    """Refuse a quote that was priced from another engagement, naming it by `path`.

    Raises
    ------
    BadInputError
        When it was.
    """
    if engagement_hash(engagement) != quote.engagement.content_hash:
        raise BadInputError.at(
            path, quote.engagement.name, f"a quote of this engagement as it is: {engagement.name}"
        )


def _terms(agreement: Agreement | None, currency: str) -> tuple[Term, ...]:
    return () if agreement is None else term_sentences(agreement, currency)


def _taxes(quote: Quote) -> tuple[str, ...]:
    """Say how each tax on the invoices is treated, once for both offers."""
    if quote.taxes is None:
        return ("All prices are before taxes.",)
    said = []
    for line in quote.taxes.lines:
        rates = [float(rate) for rate in line.rates]
        shown = ", then ".join(f"{100 * rate:g} %" for rate in rates)
        words = TAX_WORDS.get(line.treatment, "{tax} of {country}, inside the price")
        named = words.format(tax=TAX_NAMES.get(line.tax, line.tax), country=line.country)
        said.append(sentence(f"{named}, {shown}" if any(rates) else named))
    return ("All prices are before taxes.", *dict.fromkeys(said))
