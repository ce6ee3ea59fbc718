"""The description of the desk holds: whatever it allows is answered as it says, and never by a
fault. Schemathesis makes up the requests, and sends them to a desk that runs."""

from __future__ import annotations

import json
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import settings as limits
from schemathesis import Case
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from sayso.ledger.accounts import ROLES, Accounts
from sayso.ledger.store import Ledger
from sayso.serve import openapi
from sayso.serve.app import description
from sayso.settings import Settings
from served import served

schema = schemathesis.openapi.from_dict(description())


@pytest.fixture(scope="module")
def address(
    story: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    path = Path(shutil.copy(story, tmp_path_factory.mktemp("asked") / "sayso.db"))
    with served(path, settings.gazetteer) as address:
        yield address.rstrip("/")


def get(address: str) -> dict:
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


@schema.parametrize()
@limits(
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_every_request_is_answered_as_described(case: Case, address: str) -> None:
    # What no schema can say: that a claim is there, that a figure is one, that a text is an article.
    meaning = [positive_data_acceptance] if case.method == "POST" else []
    # A document that is none costs none of the others: the job that reads them tells of it.
    told_later = [negative_data_rejection] if case.path == "/documents" else []
    case.call_and_validate(base_url=address, excluded_checks=meaning + told_later)


@pytest.fixture(scope="module")
def shared(
    story: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a desk with accounts, and for each role what a program of it sends."""
    path = Path(shutil.copy(story, tmp_path_factory.mktemp("shared") / "sayso.db"))
    with Ledger.open(path) as ledger:
        accounts, sent = Accounts(ledger), {"nobody": "Bearer sayso_nobody"}
        for word, role in ROLES.items():
            accounts.add(word, f"the password of {word}", role)
            sent[word] = f"Bearer {accounts.give_token(word)[1]}"
    with served(path, settings.gazetteer) as address:
        yield address.rstrip("/"), sent


@pytest.mark.parametrize("role", ["nobody", "reader", "coder"])
@schema.parametrize()
@limits(
    max_examples=5,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_so_it_is_for_every_role(case: Case, shared: tuple[str, dict[str, str]], role: str) -> None:
    address, sent = shared
    answer = case.call(base_url=address, headers={"Authorization": sent[role]})
    excluded = [positive_data_acceptance, negative_data_rejection]
    case.validate_response(answer, excluded_checks=excluded)
    needs = case.operation.definition.raw["description"].rpartition(" ")[2].rstrip(".")
    may = role != "nobody" and ROLES[role] >= ROLES[needs]
    # Methods that are none of its own are tried, too: those are refused as such.
    if case.method == case.operation.method.upper() and not may:
        assert answer.status_code == (401 if role == "nobody" else 403)


def test_it_is_served(address: str) -> None:
    told = get(f"{address}/openapi.json")
    assert told == json.loads(json.dumps(description()))
    for path, operations in told["paths"].items():
        for operation in operations.values():
            assert "takes the role" in operation["description"], path


def test_what_really_is_there_fits_the_description(address: str) -> None:
    claim = get(f"{address}/search.json")["items"][0]
    ids = {
        "/incidents/{id}.json": get(f"{address}/incidents.json")["items"][0]["id"],
        "/claims/{id}.json": claim["claim"]["id"],
        "/documents/{id}.json": claim["document"]["id"],
    }
    for path, operations in openapi.document()["paths"].items():
        if "get" in operations and ("{" not in path or path in ids):
            parameters = {"id": ids[path]} if path in ids else {}
            case = schema[path]["GET"].Case(path_parameters=parameters)
            assert case.call_and_validate(base_url=address).status_code == 200, path
