"""What the command line says of the client's choice."""

from api.cli.choice_summary import print_choice
from tests.builders.choice import study_json


def test_prices_choice_and_negotiation_are_told(capsys):
    study = study_json(price_to_win={"price": "1.00"})
    print_choice(study)
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert lines[0] == "Small case: prices when the client chooses (vendor's view)"
    quoted = study["lots"][0]["quoted"]["input_based"][0]["price"]["amount"]
    (row,) = (line for line in lines if line.startswith("claims @ Manila   FTE-month"))
    assert f"{float(quoted):,.2f}" in row
    for word in ("Third offer:", "Pilot", "Commitment", "Notice", "COLA", "Payment", "approver"):
        assert word in said
    assert "does not hold the floor" in said
    assert "All services together" in said
    assert max(map(len, lines)) <= 100


def test_one_lot_has_no_sum(capsys):
    print_choice(study_json(chooses="bundle"))
    said = capsys.readouterr().out
    assert "\nbundle\n" in said
    assert "All services together" not in said
