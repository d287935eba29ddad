"""What needs whose approval: each measure within its limit and beyond it."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from api.errors import RefusedError
from api.identity.caller import LOCAL, Caller, Role
from api.lifecycle.approval import ApprovalPolicy, Limit, Reason
from api.lifecycle.measures import Terms, measure
from api.lifecycle.policy_file import load_policy
from staffing.errors import BadInputError

ANN = Caller("u-ann", "Ann", Role.APPROVER)
ADA = Caller("u-ada", "Ada", Role.ADMIN)
LIST_MARGIN = Decimal("0.2")


def offer(bill, delivery, overhead, margin):
    """An offer whose profit is what is left of its bill."""

    def amount(value):
        return SimpleNamespace(amount=Decimal(value))

    term = SimpleNamespace(
        expected_bill=amount(bill),
        delivery_cost=amount(delivery),
        sga=amount(overhead),
        financing=amount(0),
        margin=margin,
    )
    return SimpleNamespace(term=term)


def terms(**changes) -> Terms:
    """A quote at 20 and 16 % margin: bills 1000 and 1050, a tenth of each is overhead."""
    quote: Any = SimpleNamespace(
        offers=SimpleNamespace(
            input_based=offer(1000, 700, 100, 0.2),
            output_based=offer(1050, 777, 105, 0.16),
        ),
        risk=SimpleNamespace(
            spreads=(
                SimpleNamespace(margin_p10=0.05, probability_of_loss=0.02),
                SimpleNamespace(margin_p10=-0.01, probability_of_loss=0.04),
            )
        ),
        contract_at_plan=(),
        engagement=SimpleNamespace(currency="EUR", term_months=24, validity_days=60),
        fx=(SimpleNamespace(base="EUR", currency="USD", value=Decimal("1.1")),),
        unsourced=("a", "b"),
    )
    days = SimpleNamespace(dso_days=SimpleNamespace(value=Decimal(45)))
    engagement: Any = SimpleNamespace(commercial=days, currency="EUR", fx={})
    quote.__dict__.update(changes)
    return Terms(quote, engagement)


MEASURED = {
    "margin": Decimal("0.16"),
    "margin_p10": Decimal("-0.01"),
    "probability_of_loss": Decimal("0.04"),
    "payment_days": Decimal(45),
    "term_months": Decimal(24),
    "validity_days": Decimal(60),
    "unsourced": Decimal(2),
    "contract_warnings": Decimal(0),
}


@pytest.mark.parametrize("name", MEASURED)
def test_of_both_offers_the_worse_one_counts(name) -> None:
    assert measure(name, terms(), LIST_MARGIN) == MEASURED[name]


def test_the_contract_may_make_the_margin_lower_and_warn() -> None:
    one = SimpleNamespace(margin=0.11, warnings=("a cap", "a floor"))
    none = SimpleNamespace(margin=None, warnings=())
    under = terms(contract_at_plan=(one, none))
    assert measure("margin", under, LIST_MARGIN) == Decimal("0.11")
    assert measure("contract_warnings", under, LIST_MARGIN) == 2


def test_the_discount_is_counted_from_the_price_at_the_list_margin() -> None:
    """777 of delivery is 0.7 of the list price, 1110; 1050 is 60 less."""
    assert measure("discount", terms(), LIST_MARGIN) == pytest.approx(Decimal(60) / 1110)
    dearer = measure("discount", terms(), Decimal("0.1"))
    assert dearer is not None
    assert dearer < 0


def test_an_amount_is_counted_in_the_limit_s_currency() -> None:
    assert measure("contract_value", terms(), LIST_MARGIN, "EUR") == 1050
    assert measure("contract_value", terms(), LIST_MARGIN, "USD") == Decimal("1155.0")
    by_reference = measure("contract_value", terms(fx=()), LIST_MARGIN, "USD")
    assert by_reference is not None
    assert by_reference != 1155
    assert measure("contract_value", terms(), LIST_MARGIN, "AOA") is None


@pytest.mark.parametrize(
    ("limit", "kept"),
    [
        (Limit(measure="margin", below=Decimal("0.16")), True),
        (Limit(measure="margin", below=Decimal("0.161")), False),
        (Limit(measure="payment_days", above=Decimal(45)), True),
        (Limit(measure="payment_days", above=Decimal(44)), False),
        (Limit(measure="discount", above=Decimal("0.1")), True),
        (Limit(measure="discount", above=Decimal("0.01")), False),
        (Limit(measure="contract_value", above=Decimal(1155), currency="USD"), True),
        (Limit(measure="contract_value", above=Decimal(1154), currency="USD"), False),
        (Limit(measure="contract_value", above=Decimal(10**9), currency="AOA"), False),
    ],
)
def test_a_limit_itself_is_within_the_limit(limit, kept) -> None:
    policy = ApprovalPolicy(limits=(limit,), list_margin=LIST_MARGIN)
    assert (policy.reasons(terms()) == ()) is kept


def test_a_reason_says_what_was_found_and_what_the_limit_is() -> None:
    policy = ApprovalPolicy(limits=(Limit(measure="payment_days", above=Decimal(30)),))
    (reason,) = policy.reasons(terms())
    assert reason.detail == "the time until the client pays is 45 days, above 30 days"
    policy = ApprovalPolicy(
        limits=(Limit(measure="contract_value", above=Decimal(1000), currency="USD"),)
    )
    (reason,) = policy.reasons(terms())
    assert reason.detail == (
        "the larger expected bill over the term is 1155.00 USD, above 1000 USD"
    )


def test_the_example_limits_find_what_they_are_for() -> None:
    found = {reason.measure for reason in ApprovalPolicy().reasons(terms())}
    assert found == {"margin_p10"}


def test_every_quote_may_need_approval() -> None:
    policy = ApprovalPolicy(limits=(), always=(Role.ADMIN,))
    (reason,) = policy.reasons(terms())
    assert (reason.measure, reason.approvers) == ("always", (Role.ADMIN,))


def reason_for(*roles) -> Reason:
    return Reason(measure="margin", found="0.1", limit="0.2", detail="low", approvers=roles)


def may(caller, reasons, authors=("u-sam",), policy=None) -> bool:
    try:
        (policy or ApprovalPolicy()).check_approver(caller, reasons, authors)
    except RefusedError:
        return False
    return True


def test_whoever_approves_is_named_by_every_reason() -> None:
    either, admin_only = reason_for(Role.APPROVER, Role.ADMIN), reason_for(Role.ADMIN)
    assert may(ANN, [either])
    assert not may(ANN, [either, admin_only])
    assert may(ADA, [either, admin_only])
    assert not may(ADA, [reason_for(Role.APPROVER)])


@pytest.mark.parametrize("role", [Role.SALES, Role.PLANNER, Role.CLIENT])
def test_nobody_else_approves(role) -> None:
    assert not may(Caller("u", "U", role), [])


def test_nobody_approves_what_is_their_own_unless_the_house_allows_it() -> None:
    own = [ANN.id, None]
    assert not may(ANN, [], own)
    assert may(ADA, [], own)
    assert may(ANN, [], own, ApprovalPolicy(approve_own=True))


def test_a_machine_without_users_has_one_person_who_may() -> None:
    assert may(LOCAL, [], [LOCAL.id])
    assert not may(Caller(LOCAL.id, "Another", Role.ADMIN), [], [LOCAL.id])


def test_a_policy_is_read_from_its_file(tmp_path) -> None:
    assert load_policy(None) == ApprovalPolicy()
    file = tmp_path / "approval.yaml"
    file.write_text("limits: [{measure: margin, below: 0.12, approvers: [admin]}]\n")
    limit = Limit(measure="margin", below=Decimal("0.12"), approvers=(Role.ADMIN,))
    assert load_policy(file) == ApprovalPolicy(limits=(limit,))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("limits: [{measure: margin}]", "limits[0]"),
        ("limits: [{measure: margin, below: 0.1, above: 0.2}]", "limits[0]"),
        ("limits: [{measure: margin, below: 0.1, currency: USD}]", "limits[0]"),
        ("limits: [{measure: contract_value, above: 1}]", "limits[0]"),
        ("limits: [{measure: mood, below: 1}]", "limits[0].measure"),
        ("always: [sales]", "always[0]"),
        ("always: []", "always"),
        ("approve_mine: true", "approve_mine"),
        ("list_margin: 1", "list_margin"),
    ],
)
def test_a_policy_that_means_nothing_is_refused_by_its_field(tmp_path, text, path) -> None:
    file = tmp_path / "approval.yaml"
    file.write_text(text)
    with pytest.raises(BadInputError) as caught:
        load_policy(file)
    assert path in [issue.path for issue in caught.value.issues]
