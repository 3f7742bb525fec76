import subprocess
import sys

import pytest
from moto import mock_aws

from secondsource import __version__, cli
from secondsource.aws import clients
from secondsource.aws.schema import create_table
from secondsource.errors import Unauthorized
from secondsource.model import Scope
from secondsource.services.keys import authenticate
from secondsource.settings import Settings
from secondsource.wiring import Wiring


def run(capsys, *arguments):
    """The exit status of a call, and what it wrote."""
    try:
        status = cli.main(arguments)
    except SystemExit as end:
        status = end.code
    return (status, *capsys.readouterr())


# --- the call ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frobnicate",),
        ("check", "--format", "pdf", "a.txt"),
        ("check", *["a.txt"] * 21),
        ("corpus",),
        ("corpus", "in.jsonl"),
        ("corpus", "in.jsonl", "--out", "in.jsonl"),
        ("corpus", "in.jsonl", "--out", "o.jsonl", "--claims", "./o.jsonl"),
        ("serve", "--port", "http"),
        ("serve", "--port", "0"),
        ("serve", "--port", "65536"),
        ("keys",),
        ("keys", "create", "--table", "t"),
        ("keys", "create", "--table", "t", "--tenant", "a", "--scope", "root"),
    ],
)
def test_a_wrong_call_is_told_in_one_line_with_status_2(capsys, arguments):
    status, out, err = run(capsys, *arguments)

    assert status == 2
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("secondsource")
    assert "--help" in err


def test_the_version_is_the_package_s(capsys):
    assert run(capsys, "--version") == (0, f"secondsource {__version__}\n", "")


@pytest.mark.parametrize("command", ["check", "corpus", "serve", "keys"])
def test_help_names_each_command_and_each_explains_itself(capsys, command):
    assert command in run(capsys, "--help")[1]
    status, out, _ = run(capsys, command, "--help")
    assert status == 0
    assert "usage: secondsource" in out


def test_help_and_mistakes_wait_for_no_model_and_no_aws():
    code = (
        "import sys; from secondsource import cli\n"
        "try: cli.main(['check', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'spacy', 'boto3', 'pydantic', 'numpy', 'jinja2', 'tqdm'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="shared")

    assert answer.stdout.splitlines()[-1] == "[]"


def test_an_unforeseen_failure_is_one_line_too_unless_asked_for_more(capsys, monkeypatch):
    def broken(chosen):
        raise RuntimeError("the\nmiddle of nowhere")

    monkeypatch.setattr(cli, "list_keys", broken)
    arguments = ("keys", "list", "--table", "t", "--tenant", "a")

    status, _, err = run(capsys, *arguments)
    monkeypatch.setenv("SECONDSOURCE_DEBUG", "1")

    assert (status, err.count("\n")) == (1, 1)
    assert "RuntimeError: the middle of nowhere" in err
    with pytest.raises(RuntimeError):
        cli.main(arguments)


def test_ctrl_c_ends_a_command_as_a_shell_expects(capsys, monkeypatch):
    def interrupted(chosen):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "list_keys", interrupted)

    assert run(capsys, "keys", "list", "--table", "t", "--tenant", "a") == (130, "", "secondsource: interrupted\n")


# --- keys --------------------------------------------------------------------------------------


@pytest.fixture
def store():
    with mock_aws():
        create_table(clients.dynamodb(), "articles")
        yield Wiring(Settings(table="articles")).store


def create(capsys, *more):
    return run(capsys, "keys", "create", "--table", "articles", "--tenant", "newsroom", *more)


def test_a_new_key_is_printed_once_and_opens_its_tenant(capsys, store):
    status, out, err = create(capsys, "--scope", "read", "--label", "desk")
    key = out.strip()

    assert status == 0
    assert "only time" in err
    assert key not in err
    assert authenticate(store, f"Bearer {key}").id == "newsroom"
    assert authenticate(store, key).scopes == (Scope.READ,)


def test_a_key_reads_and_writes_unless_told_otherwise(capsys, store):
    _, out, _ = create(capsys)

    assert authenticate(store, out.strip()).scopes == (Scope.READ, Scope.WRITE)


def test_the_list_of_keys_shows_no_secret(capsys, store):
    _, key, _ = create(capsys, "--label", "desk", "--scope", "read", "--scope", "admin")

    status, out, _ = run(capsys, "keys", "list", "--table", "articles", "--tenant", "newsroom")

    key_id, state, scopes, _, label = out.strip().split("\t")
    assert status == 0
    assert key.startswith(f"ss_{key_id}_")
    assert (state, scopes, label) == ("active", "read admin", "desk")
    assert key.strip().rpartition("_")[2] not in out
    assert run(capsys, "keys", "list", "--table", "articles", "--tenant", "rival")[1] == ""


@pytest.mark.parametrize("by_id", [True, False])
def test_a_revoked_key_opens_nothing(capsys, store, by_id):
    key = create(capsys)[1].strip()

    status, out, _ = run(capsys, "keys", "revoke", "--table", "articles", key.split("_")[1] if by_id else key)

    assert status == 0
    assert out.startswith(f"{key.split('_')[1]}\trevoked ")
    with pytest.raises(Unauthorized):
        authenticate(store, key)
    assert "revoked" in run(capsys, "keys", "list", "--table", "articles", "--tenant", "newsroom")[1]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("revoke", "--table", "articles", "a" * 16), "no key of this id"),
        (("create", "--table", "articles", "--tenant", "News Room"), "A tenant is"),
        (("create", "--table", "missing", "--tenant", "newsroom"), ""),
    ],
)
def test_what_cannot_be_done_to_a_key_is_told_in_one_line(capsys, store, arguments, reason):
    status, out, err = run(capsys, "keys", *arguments)

    assert (status, out, err.count("\n")) == (1, "", 1)
    assert reason in err


def test_without_a_table_no_key_is_looked_for(capsys, monkeypatch):
    monkeypatch.delenv("SECONDSOURCE_TABLE", raising=False)

    status, _, err = run(capsys, "keys", "list", "--tenant", "newsroom")

    assert (status, err.count("\n")) == (1, 1)
    assert "--table" in err
