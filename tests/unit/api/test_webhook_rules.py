"""Signatures of webhooks, and where messages may go."""

import socket

import pytest

from api.webhooks.addresses import ForbiddenAddressError, check_form, resolve
from api.webhooks.signing import new_secret, signatures, verified

# The example of the reference libraries of Standard Webhooks.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def headers(signature: str = SIGNED) -> dict[str, str]:
    return {"webhook-id": ID, "webhook-timestamp": str(AT), "webhook-signature": signature}


def test_a_message_is_signed_as_the_reference_has_it() -> None:
    assert signatures([SECRET], ID, AT, BODY) == SIGNED


def test_a_genuine_message_is_known_and_any_other_is_not() -> None:
    assert verified([SECRET], headers(), BODY, AT + 60)
    assert not verified([SECRET], headers(), BODY + b" ", AT)
    assert not verified([new_secret()], headers(), BODY, AT)
    assert not verified([SECRET], headers(), BODY, AT + 301)
    assert not verified([SECRET], headers() | {"webhook-id": "msg_x"}, BODY, AT)
    assert not verified([SECRET], {}, BODY, AT)


def test_two_secrets_are_in_force_while_one_is_changed() -> None:
    new = new_secret()
    both = signatures([new, SECRET], ID, AT, BODY)
    assert verified([SECRET], headers(both), BODY, AT)
    assert verified([new], headers(both), BODY, AT)
    assert new_secret() != new


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "https://user:secret@hooks.example.com/",
        "https:///nowhere",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.1.2.3/",
        "https://192.168.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:127.0.0.1]/",
        "https://[fd00::1]/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
        "https://hooks.example.com:99999/",
        "https://" + "a" * 2_001,
        "file:///etc/passwd",
    ],
)
def test_machines_of_this_network_and_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        check_form(url, private=False)


def test_a_public_https_address_will_do_and_a_private_one_where_it_is_allowed() -> None:
    check_form("https://hooks.example.com:8443/a?b=c", private=False)
    check_form("http://127.0.0.1:9000/", private=True)


def looked_up(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


def test_a_name_that_points_inside_is_refused_whatever_else_it_points_to(monkeypatch) -> None:
    looked_up(monkeypatch, "93.184.216.34", "10.0.0.8")
    with pytest.raises(ForbiddenAddressError, match="machine of this network"):
        resolve("https://hooks.example.com/", private=False)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch) -> None:
    looked_up(monkeypatch, "93.184.216.34")
    target = resolve("https://hooks.example.com:8443/in?x=1", private=False)
    assert target.url == "https://93.184.216.34:8443/in?x=1"
    assert (target.host, target.authority) == ("hooks.example.com", "hooks.example.com:8443")


def test_an_unknown_name_is_said_to_be_unknown(monkeypatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ForbiddenAddressError, match="is not known"):
        resolve("https://nowhere.example/", private=False)
