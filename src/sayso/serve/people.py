"""Who is at the desk, and what they may do there.

What each address takes stands beside it in `app.doors`; what each decision takes, here.
"""

from __future__ import annotations

from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sayso.ledger.accounts import ROLES, Account, Role
from sayso.reconcile.judgements import meant
from sayso.records import Judgement

DECIDES: dict[str, Role] = {
    "accept": Role.CODER,
    "reject": Role.CODER,
    "unsure": Role.CODER,
    "correct": Role.CODER,
    "claim": Role.CODER,
    "reject_text": Role.CODER,
    "ours": Role.CODER,
    "not_ours": Role.CODER,
    "mend": Role.CODER,
    "mend_incident": Role.CODER,
    "undo": Role.CODER,
    "status": Role.CODER,
    "owner": Role.CODER,
    "tag": Role.CODER,
    "untag": Role.CODER,
    "note": Role.CODER,
    "grade": Role.CODER,
    # What is signed off stands until it is signed again; so does a status that freezes.
    "sign": Role.EDITOR,
    # What is public is for those who never log in.
    "embed": Role.EDITOR,
    # What belongs together: two claims that are said to be of one incident merge two incidents.
    "same": Role.EDITOR,
    "different": Role.EDITOR,
    "merge": Role.EDITOR,
    "split": Role.EDITOR,
    "move": Role.EDITOR,
    "same_source": Role.EDITOR,
    "source_kind": Role.EDITOR,
    "other_source": Role.EDITOR,
}
"""What a decision takes. To undo one takes what that one took."""

TELLING = frozenset(
    f"{path}{end}" for path in ("/log", "/agreement", "/incidents/counts") for end in ("", ".json")
) | {
    "/incidents/{id}/report",
    "/embed/{id}/{piece}.{shape}",
    "/embed/{id}/{piece}",
    "/feed.{shape}",
    "/export.{shape}",
}
"""The addresses that tell of all that was decided, closed to whose second reading is blind."""

CLOSED = "the second reading is blind here: that would tell what others decided; it takes an editor"


class Person(NamedTuple):
    """Who asks. `account` is None where the desk has no accounts, or nobody has logged in."""

    account: Account | None
    role: Role
    known_by_name: bool = False
    """Whether the desk has accounts."""

    @property
    def name(self) -> str | None:
        """The name that what they decide is signed with."""
        return self.account.name if self.account else None

    @property
    def reads_second(self) -> bool:
        """Whether they judge, and so must not know what others decided where that is hidden."""
        return self.account is not None and self.account.role is Role.CODER

    def may(self, role: str) -> bool:
        """Whether they may do what that role may."""
        return self.role >= ROLES[role]


STRANGER = Person(None, Role.ANYONE)


def person(request: Request) -> Person:
    """Who asks."""
    found: Person = getattr(request.state, "person", STRANGER)
    return found


def require(request: Request, role: Role) -> None:
    """Refuse whoever may not do what that role may."""
    if (who := person(request)).role < role:
        raise HTTPException(403, refusal(who, role))


def refusal(who: Person, role: Role) -> str:
    """Why a person may not do what takes that role."""
    if not who.known_by_name:
        return "this desk is for reading only"
    return f"that takes the role {role.word}, and {who.name} has {who.role.word}"


def takes(verdict: str, a: str, made: list[Judgement]) -> Role:
    """What a decision takes, after those that were made; one that nobody declared, most of all.

    To undo takes what that took which is taken back in the end, or taken up again, and to undo
    what decides between two takes an editor, as that did."""
    needs = DECIDES.get(verdict, Role.ADMIN)
    if verdict != "undo" or not a:
        return needs
    known = {one.id: one for one in made}
    undone = (meant(one, known) for one in made if one.id.startswith(a))
    return max([needs, *map(_took, undone)])


def _took(one: Judgement | None) -> Role:
    if one is None:
        return Role.ADMIN
    return Role.EDITOR if one.settles else DECIDES.get(one.verdict, Role.ADMIN)
