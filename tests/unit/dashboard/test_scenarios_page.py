"""The page that compares scenarios, on the API itself; nothing is solved."""

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import ApiError, Client
from api.pricer import Pricer
from api.scenario_sets import standing
from api.settings import Settings
from tests.builders.quotes import UNREACHABLE
from tests.builders.risk import small_study
from tests.builders.scenarios import DEARER, MARGIN, NEW, STALE, VOLUME, moved_quote, stored_set

LOOPBACK = "http://127.0.0.1"


@pytest.fixture(scope="module")
def http(tmp_path_factory):
    settings = Settings(database=tmp_path_factory.mktemp("store") / "q.sqlite", log="off")
    with (
        pytest.MonkeyPatch.context() as patch,
        TestClient(create_app(settings), base_url=LOOPBACK) as running,
    ):
        patch.setattr(Pricer, "price", lambda *_, **__: moved_quote(bill="1.05"))
        yield running


@pytest.fixture(scope="module")
def client(http):
    return Client(LOOPBACK, http)


@pytest.fixture
def made(http, client):
    """The set, as the API answers it."""
    return client.get_scenario_set(stored_set(http.app.state.store))


def named(client, made):
    return {one["name"]: one for one in client.get_scenario_set(made["id"])["scenarios"]}


def press(at, key):
    at.button(key=key).click().run()
    assert not at.exception
    return at


def test_empty_it_says_what_to_do(open_page, shown, tmp_path) -> None:
    with TestClient(
        create_app(Settings(database=tmp_path / "q.sqlite", log="off")), base_url=LOOPBACK
    ) as empty:
        text = shown(open_page("scenarios", Client(LOOPBACK, empty)))
    assert "No scenarios yet" in text
    assert "There is no stored quote to start from" in text


def test_a_set_is_made_from_a_stored_quote_and_opened(open_page, client, made) -> None:
    at = open_page("scenarios", client)
    assert press(at, "make_set").warning[0].value == "Give the set a name first."
    at.text_input(key="set_name").set_value("Another")
    press(at, "make_set")
    (wanted,) = [one for one in client.list_scenario_sets()["data"] if one["name"] == "Another"]
    assert at.query_params["set"] in (wanted["id"], [wanted["id"]])
    assert at.title[0].value == "Another"


def test_normal_it_compares_what_holds_and_marks_what_is_stale(
    open_page, shown, client, made
) -> None:
    at = open_page("scenarios", client, set=made["id"])
    text = shown(at)
    for name in (DEARER, STALE, NEW):
        assert f"**{name}**" in text
    assert f"**{STALE} is stale and not compared:** what the scenario changes has changed" in text
    changed, did = (table.value for table in at.table)
    assert list(changed.columns) == ["Field", "Base", DEARER, STALE, NEW]
    assert list(did.columns) == ["Figure", "Base", DEARER]
    bill = did.set_index("Figure").loc["Output\\-based\\: bill over the term, USD"]
    assert bill[DEARER].endswith(":blue[▲ +8.0 % ✓]")
    at.segmented_control(key="as").set_value("Value").run()
    at.segmented_control(key="side").set_value("Client").run()
    did = at.table[1].value.set_index("Figure")
    assert "✗" in did.loc["Output\\-based\\: bill over the term, USD"][DEARER]
    assert "%" not in did.loc["Output\\-based\\: bill over the term, USD"][DEARER]
    assert not at.exception


def test_a_scenario_is_edited_and_saved(open_page, client, made) -> None:
    at = open_page("scenarios", client, set=made["id"])
    slow = named(client, made)[NEW]
    press(at, f"edit_{slow['id']}")
    field = at.selectbox(key="field")
    margin = next(i for i, one in enumerate(field.options) if "target margin" in one)
    field.set_value(margin).run()
    at.text_input(key="new_value").set_value("much")
    press(at, "change_field")
    assert any("Enter a number" in one.value for one in at.warning)
    at.text_input(key="new_value").set_value("25 %")
    press(at, "change_field")
    press(at, "save_scenario")
    assert named(client, made)[NEW]["overrides"] == [*slow["overrides"], MARGIN]
    assert "draft" not in at.query_params
    press(at, f"edit_{slow['id']}")
    press(at, "back_0")
    press(at, "save_scenario")
    assert named(client, made)[NEW]["overrides"] == [MARGIN]


def test_what_the_api_refuses_stands_at_the_change_and_goes_with_it(
    open_page, client, made
) -> None:
    at = open_page("scenarios", client, set=made["id"])
    slow = named(client, made)[NEW]
    press(at, f"edit_{slow['id']}")
    field = at.selectbox(key="field")
    margin = next(i for i, one in enumerate(field.options) if "target margin" in one)
    field.set_value(margin).run()
    at.text_input(key="new_value").set_value("250 %")
    press(at, "change_field")
    press(at, "save_scenario")
    (said,) = [one.value for one in at.error]
    assert "commercial/target\\_margin" in said
    assert named(client, made)[NEW]["overrides"] == slow["overrides"]
    press(at, "back_1")
    assert not at.error
    press(at, "remove_field")
    press(at, "save_scenario")
    assert any("commercial/target" in one.value for one in at.error)


def test_a_scenario_of_two_changes_is_taken_apart(open_page, client, made) -> None:
    slow = named(client, made)[NEW]
    client.change_scenario(made["id"], slow, overrides=[*slow["overrides"], VOLUME])
    at = open_page("scenarios", client, set=made["id"])
    charts = len(at.get("vega_lite_chart"))
    press(at, "take_apart")
    for _ in range(20):
        if len(at.get("vega_lite_chart")) > charts:
            break
        at.run()
    assert len(at.get("vega_lite_chart")) == charts + 1
    at.segmented_control(key="effects_way").set_value("Taken out of the scenario").run()
    assert not at.exception
    assert len(at.get("vega_lite_chart")) == charts + 1


def test_distributions_of_base_and_scenario_are_drawn_when_asked(open_page, client, made) -> None:
    asked = []

    class Drawing(ReadOnly):
        def begin_study(self, study, engagement, options):
            asked.append((study, options["draws"]))
            return {"id": None, "state": "done", "answer": small_study()}

    at = open_page("scenarios", Drawing(client), set=made["id"])
    charts = len(at.get("vega_lite_chart"))
    press(at, "draw")
    assert asked == [("risk", 20_000)] * 2
    assert len(at.get("vega_lite_chart")) == charts + 2
    at.segmented_control(key="drawn_what").set_value("Margin").run()
    assert not at.exception
    assert len(asked) == 2


def test_a_reload_in_the_middle_of_an_edit_finds_the_draft_again(open_page, client, made) -> None:
    at = open_page("scenarios", client, set=made["id"])
    press(at, f"edit_{named(client, made)[NEW]['id']}")
    draft = at.query_params["draft"]
    draft = draft[0] if isinstance(draft, list) else draft
    again = open_page("scenarios", client, set=made["id"], draft=draft)
    assert f"Edit: {NEW}" in [one.value for one in again.subheader]
    broken = open_page("scenarios", client, set=made["id"], draft="{")
    assert not any(one.value.startswith("Edit") for one in broken.subheader)


def conflict(open_page, client, made):
    """Open an edit of one scenario that somebody else changes meanwhile."""
    at = open_page("scenarios", client, set=made["id"])
    slow = named(client, made)[NEW]
    press(at, f"edit_{slow['id']}")
    client.change_scenario(made["id"], slow, overrides=[VOLUME])
    return press(at, "save_scenario"), slow


def test_a_conflict_says_who_and_when_and_mine_is_kept(open_page, client, made) -> None:
    at, slow = conflict(open_page, client, made)
    said = next(one.value for one in at.warning if "while you edited it" in one.value)
    assert "was changed by local user at 20" in said
    versions = at.table[0].value.set_index("Version")["Changes"]
    assert "volume, scale" in versions["Stored now"]
    assert "units per hour" in versions["Yours"]
    press(at, "keep_mine")
    now = named(client, made)
    assert now[NEW]["overrides"] == [VOLUME]
    assert now[f"{NEW} (mine)"]["overrides"] == slow["overrides"]


def test_in_a_full_set_mine_is_kept_in_another(open_page, client, made) -> None:
    client.add_scenario(made, "The fourth")
    at, slow = conflict(open_page, client, made)
    press(at, "keep_mine")
    assert at.title[0].value == "Claims 2027 \\(mine\\)"
    (listed,) = [
        one for one in client.list_scenario_sets()["data"] if one["name"] == "Claims 2027 (mine)"
    ]
    (kept,) = client.get_scenario_set(listed["id"])["scenarios"]
    assert kept["overrides"] == slow["overrides"]


def test_theirs_can_be_taken_and_a_deleted_one_kept(open_page, client, made) -> None:
    at, slow = conflict(open_page, client, made)
    press(at, "take_theirs")
    assert not any("while you edited" in one.value for one in at.warning)
    press(at, f"edit_{slow['id']}")
    client.delete_scenario(made["id"], named(client, made)[NEW])
    press(at, "save_scenario")
    assert any("was deleted while you edited it" in one.value for one in at.warning)
    press(at, "keep_mine")
    assert named(client, made)["Mine"]["overrides"] == [VOLUME]


def test_a_stale_scenario_is_priced_again(open_page, client, made) -> None:
    at = open_page("scenarios", client, set=made["id"])
    stale = named(client, made)[STALE]
    assert stale["state"] == "stale"
    press(at, f"price_{stale['id']}")
    for _ in range(20):
        if named(client, made)[STALE]["state"] == "priced":
            break
        at.run()
    at.run()
    assert f"price_{stale['id']}" not in [one.key for one in at.button]
    assert not any("stale" in one.value for one in at.warning)


def test_a_base_of_an_earlier_version_is_priced_again(open_page, client, made, monkeypatch) -> None:
    monkeypatch.setattr(standing, "CALCULATION_VERSION", "9")
    at = open_page("scenarios", client, set=made["id"])
    assert any("Base is stale" in one.value for one in at.warning)
    press(at, "reprice_base")
    for _ in range(20):
        now = client.get_scenario_set(made["id"])["base"]["quote_id"]
        if now != made["base"]["quote_id"]:
            break
        at.run()
    assert now != made["base"]["quote_id"]


def test_a_scenario_is_copied_renamed_deleted_and_the_set_shared(open_page, client, made) -> None:
    at = open_page("scenarios", client, set=made["id"])
    one = named(client, made)[DEARER]["id"]
    press(at, f"copy_{one}")
    assert named(client, made)[f"{DEARER} (copy)"]["state"] == "priced"
    at.text_input(key=f"name_{one}").set_value("Peak")
    press(at, f"rename_{one}")
    copy = named(client, made)[f"{DEARER} (copy)"]["id"]
    at.checkbox(key=f"sure_{copy}").check().run()
    press(at, f"delete_{copy}")
    assert set(named(client, made)) == {"Peak", STALE, NEW}
    at.selectbox(key="share_staff").set_value("may read").run()
    press(at, "share")
    assert client.get_scenario_set(made["id"])["sharing"]["staff"] == "read"
    at.text_area(key="share_users").set_value("nobody@vendor.example write").run()
    press(at, "share")
    assert any("field is wrong" in one.value for one in at.error)


class ReadOnly:
    """A client whose sets are only read, and one that fails."""

    def __init__(self, client, error=None):
        self._client = client
        self._error = error

    def __getattr__(self, name):
        return getattr(self._client, name)

    def get_scenario_set(self, set_id):
        if self._error:
            raise self._error
        return self._client.get_scenario_set(set_id) | {"access": "read"}


def test_who_may_only_read_is_offered_no_change(open_page, client, made) -> None:
    at = open_page("scenarios", ReadOnly(client), set=made["id"])
    assert [one.key for one in at.button if one.key] == ["close_set", "draw"]
    assert len(at.table) == 2


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UNREACHABLE, "does not answer"),
        (ApiError(404, "There is nothing here", "no set", "not-found"), "nothing here"),
    ],
)
def test_an_error_says_what_to_do(open_page, client, error, said) -> None:
    at = open_page("scenarios", ReadOnly(client, error), set="x")
    assert said in at.error[0].value
    press(at, "close_set")
    assert "set" not in at.query_params
