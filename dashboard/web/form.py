"""The page on which a person signs in: plain HTML that works without scripts."""

from __future__ import annotations

from html import escape
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from dashboard.connection import NOT_SIGNED_IN, TOO_OFTEN, UNREACHABLE
from dashboard.theme import DARK, LIGHT, LOGO
from dashboard.web.addresses import SIGN_IN

if TYPE_CHECKING:
    from api.client import ApiError

_INVALID = (400, 422)
# No other site may show our pages in a frame, or learn their addresses.
GUARDED = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def page(back: str, *, email: str = "", said: str | None = None) -> tuple[str, dict[str, str]]:
    """Return the page and its headers.

    Parameters
    ----------
    back : str
        Address of this site that the person goes on to.
    email : str
        What was entered before.
    said : str, optional
        What to tell the person first.
    """
    nonce = token_urlsafe(16)
    message = f'<p class="said" role="alert">{escape(said)}</p>' if said else ""
    entered = escape(email, quote=True)
    first, second = ("", " autofocus") if email else (" autofocus", "")
    html = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sign in · crewquote</title>
<style nonce="{nonce}">{_STYLE}</style>
</head>
<body>
<main>
<p class="logo">{LOGO}</p>
<h1>Sign in</h1>
{message}
<form method="post" action="{SIGN_IN}">
<input type="hidden" name="next" value="{escape(back, quote=True)}">
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="254"
 value="{entered}"{first}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required
 maxlength="1000"{second}>
<button type="submit">Sign in</button>
</form>
<p class="help">Forgotten your password, or no account yet? Ask an administrator of your house:
<code>crewquote users</code> adds users and resets passwords.</p>
</main>
</body>
</html>"""
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return html, GUARDED | {"Content-Security-Policy": policy, "Cache-Control": "no-store"}


def once_more() -> str:
    """Return a page that asks for the same address again, now from this site.

    After a link on another site the browser keeps back a strict cookie; it sends it now.
    """
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="refresh" content="0"><title>crewquote</title></head>'
        "<body><p>One moment…</p></body></html>"
    )


def refusal(error: ApiError) -> str:
    """Say why a sign-in was refused, and what to do."""
    if error.status == NOT_SIGNED_IN:
        return "This address and password do not match. Check both and try again."
    if error.status == TOO_OFTEN:
        return "Too many attempts. Wait a quarter of an hour, then try again."
    if error.status == UNREACHABLE:
        return "The server does not answer at the moment. Try again in a minute."
    if error.status in _INVALID:
        return "Enter your e-mail address and your password."
    return f"Signing in is not possible at the moment ({error.title}). Try again in a minute."


def _colours(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())


_STYLE = f"""
:root{{{_colours(LIGHT)}}}
@media (prefers-color-scheme:dark){{:root{{{_colours(DARK)}}}}}
*{{box-sizing:border-box}}
body{{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--surface);
color:var(--text);font:16px/1.5 system-ui,sans-serif}}
main{{width:min(26rem,100% - 2rem);padding:2rem;background:var(--ground);
border:1px solid var(--line);border-radius:.75rem}}
.logo{{margin:0 0 1rem}}.logo svg{{height:2rem;width:auto;display:block}}
h1{{font-size:1.5rem;margin:0 0 1rem}}
label{{display:block;margin:1rem 0 .25rem;font-weight:600}}
input{{width:100%;padding:.6rem .7rem;font:inherit;color:inherit;background:var(--surface);
border:1px solid var(--edge);border-radius:.4rem}}
button{{width:100%;margin-top:1.5rem;padding:.65rem;font:inherit;font-weight:600;cursor:pointer;
color:var(--onprimary);background:var(--primary);border:0;border-radius:.4rem}}
:focus-visible{{outline:3px solid var(--primary);outline-offset:2px}}
.said{{margin:0;padding:.75rem 1rem;border-left:4px solid var(--warning);
background:var(--surface)}}
.help{{margin:1.5rem 0 0;font-size:.875rem;color:var(--quiet)}}
"""
