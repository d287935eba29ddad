"""The page that unfolds any figure of the quote in hand."""

from dashboard.explaining import choices, figure_text
from tests.builders.quotes import BASE_ID, UNREACHABLE, FakeClient, base_quote


def expanders(at):
    return [item.label.replace("\\", "") for item in at.expander]


def test_empty_it_says_where_a_quote_comes_from(open_page, shown):
    assert "No quote in hand" in shown(open_page("explain", FakeClient()))


def test_a_price_is_a_tree_from_formula_to_inputs(open_page, shown):
    document = base_quote()
    at = open_page("explain", FakeClient(document), quote=BASE_ID)
    price = document["offers"]["input_based"]["prices"][0]["price"]["amount"]
    assert price in at.subheader[0].value.replace("\\", "").replace(",", "")
    assert at.code[0].value.startswith("= sum(cost) / (1 - sga")
    labels = expanders(at)
    assert any(label.startswith("cost = ") for label in labels)
    assert any("commercial.target_margin" in label for label in labels)
    assert any("labour_productive" in label for label in labels)
    assert "not for clients" in shown(at)


def test_a_figure_is_chosen_and_gone_on_from(open_page):
    document = base_quote()
    at = open_page("explain", FakeClient(document), quote=BASE_ID)
    at.selectbox(key="chosen_figure").set_value("Output-based: margin on price").run()
    assert not at.exception
    assert at.code[0].value == "= profit / expected_bill"
    button = next(one for one in at.button if one.label == "Unfold")
    button.click().run()
    assert not at.exception
    assert at.session_state["explained_path"].startswith("offers.output_based.")
    assert at.code[0].value != "= profit / expected_bill"


def test_a_typed_path_is_unfolded_and_a_part_lists_what_is_in_it(open_page):
    at = open_page("explain", FakeClient(base_quote()), quote=BASE_ID)
    at.text_input(key="typed_path").set_value("offers.input_based.term.margin").run()
    assert at.code[0].value == "= profit / expected_bill"
    at.text_input(key="typed_path").set_value("offers.input_based.term").run()
    assert not at.exception
    entry = next(one for one in at.button if "expected" in one.label)
    entry.click().run()
    assert at.code[0].value == "= sum(years)"


def test_a_wrong_path_is_told_what_lies_near(open_page):
    at = open_page("explain", FakeClient(base_quote()), quote=BASE_ID)
    at.text_input(key="typed_path").set_value("offers.output_based.price").run()
    assert not at.exception
    told = " ".join(str(cell) for table in at.table for cell in table.value.to_numpy().ravel())
    assert "near: offers.output_based.prices" in told.replace("\\", "")


def test_without_a_server_it_says_so(open_page, shown):
    at = open_page("explain", FakeClient(base_quote(), error=UNREACHABLE), quote=BASE_ID)
    assert "does not answer" in shown(at)


def test_every_figure_on_offer_can_be_explained():
    client = FakeClient(base_quote())
    paths = choices(base_quote())
    assert len(paths) >= 14
    for path in paths.values():
        found = client.explain(BASE_ID, path, 0)
        assert found["agrees"] is True
        assert figure_text(found)
