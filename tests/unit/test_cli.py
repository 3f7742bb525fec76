import io
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from moto import mock_aws

from secondsource import __version__, cli
from secondsource.aws import clients
from secondsource.aws.queue import SqsQueue, read_message
from secondsource.aws.schema import create_table
from secondsource.errors import Unauthorized
from secondsource.model import Scope, Submission
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
        ("corpus", "in.jsonl", "--out", "o.jsonl", "--processes", "0"),
        ("corpus", "in.jsonl", "--out", "o.jsonl", "--processes", "many"),
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


@pytest.mark.parametrize("command", ["check", "corpus", "serve", "keys", "redrive"])
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


# --- check -------------------------------------------------------------------------------------

STORY = sorted(str(path) for path in (Path(__file__).parents[2] / "examples" / "alliance").glob("*.json"))
ONE = "The council has bought the derelict Tarnbrook mill for two million crowns, Mayor Ana Lorn said on Monday.\n\nShe did not say what it had paid for it."


@pytest.fixture
def one(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(ONE)
    return str(path)


def test_check_shows_the_summary_of_an_article(capsys, one):
    status, out, err = run(capsys, "check", one)

    assert (status, err) == (0, "")
    assert "HEADLINE CLAIM" in out
    assert "Ana Lorn" in out
    assert "1 report, 1 origin" in out


def test_check_compares_several_articles_and_reads_each_with_all_known(capsys):
    status, out, err = run(capsys, "check", *STORY)

    assert (status, err) == (0, "")
    assert out.count("HEADLINE CLAIM") == 3
    assert "\nCOMPARED: The Calvorne Courier, Hinterpost and Wessingby Tribune\n" in out
    assert "Hinterpost" in out.partition("HEADLINE CLAIM")[2].partition("HEADLINE CLAIM")[0]


def test_check_gives_the_report_as_json(capsys, one):
    status, out, _ = run(capsys, "check", "--format", "json", one)

    report = json.loads(out)
    assert status == 0
    assert report["text"] == ONE
    assert report["headline_claim"] == report["claims"][0]["claim_id"]
    start, end = report["claims"][0]["spans"][0]
    assert report["text"][start:end] == "The council has bought the derelict Tarnbrook mill for two million crowns"


def test_check_gives_several_reports_and_their_comparison_as_json(capsys, one):
    _, out, _ = run(capsys, "check", "--format", "json", one, STORY[0])

    found = json.loads(out)
    assert [report["text"] == ONE for report in found["reports"]] == [True, False]
    assert {"articles", "independent", "verdict", "claims"} <= set(found["comparison"])


def test_check_gives_a_page(capsys, one):
    status, out, _ = run(capsys, "check", "--format", "html", one)

    assert status == 0
    assert out.startswith("<!DOCTYPE html>")
    assert "Ana Lorn" in out


@pytest.mark.parametrize("arguments", [("-",), ()])
def test_check_reads_standard_input(capsys, monkeypatch, arguments):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ONE.encode())))

    status, out, _ = run(capsys, "check", *arguments)

    assert status == 0
    assert "Ana Lorn" in out


def test_check_does_not_wait_at_a_terminal_for_an_article_nobody_named(capsys, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal())

    status, _, err = run(capsys, "check")

    assert (status, err.count("\n")) == (2, 1)


def test_check_names_the_input_it_cannot_read_and_shows_the_others(capsys, one, tmp_path):
    missing = str(tmp_path / "missing.txt")

    status, out, err = run(capsys, "check", missing, one)

    assert status == 1
    assert err == f"secondsource: {missing}: It cannot be read: No such file or directory.\n"
    assert "Ana Lorn" in out
    assert "COMPARED" not in out


def test_check_does_not_fetch_what_is_not_public(capsys):
    status, out, err = run(capsys, "check", "http://127.0.0.1/admin")

    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "127.0.0.1" in err


def test_check_takes_the_same_article_twice_for_one(capsys, one):
    _, out, _ = run(capsys, "check", one, one)

    assert out.count("HEADLINE CLAIM") == 1
    assert "COMPARED" not in out


def test_check_says_why_a_text_has_no_claims(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Mayor buys mill")))

    status, out, _ = run(capsys, "check", "-")

    assert status == 0
    assert "No claims to judge: " in out


# --- corpus ------------------------------------------------------------------------------------


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "in.jsonl"
    other = ONE.replace("Mayor Ana Lorn", "Treasurer Ben Oake")
    path.write_text(
        "\n".join(
            [
                json.dumps({"id": "first", "text": ONE, "publisher": "The Courier"}),
                "{",
                json.dumps({"id": "second", "text": other, "publisher": "Hinterpost"}),
                json.dumps({"id": "third", "text": "Mayor buys mill"}),
            ]
        )
    )
    return path


def test_corpus_writes_a_report_a_line_and_tells_bad_lines_by_number(capsys, lines, tmp_path):
    out, claims = tmp_path / "out.jsonl", tmp_path / "claims.jsonl"

    status, printed, err = run(capsys, "corpus", str(lines), "--out", str(out), "--claims", str(claims))

    reports = [json.loads(line) for line in out.read_text().splitlines()]
    records = [json.loads(line) for line in claims.read_text().splitlines()]
    assert (status, printed) == (1, "")
    assert [report["id"] for report in reports] == ["first", "second", "third"]
    assert reports[2]["reason"]
    assert "secondsource: line 2: The line is not JSON" in err
    assert "3 articles annotated" in err
    assert "1 bad lines left out" in err
    headline = next(record for record in records if record["claim_id"] == reports[0]["headline_claim"])
    assert headline["articles"] == ["first", "second"]
    assert headline["origins"] == reports[1]["claims"][0]["origins"]


def test_corpus_ends_well_when_every_line_was_good(capsys, lines, tmp_path):
    good = tmp_path / "good.jsonl"
    good.write_text("\n".join(line for line in lines.read_text().splitlines() if line != "{"))

    status, out, err = run(capsys, "corpus", str(good), "--out", "-")

    assert status == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["first", "second", "third"]
    assert "claim records" not in err


def test_corpus_writes_the_same_with_several_processes(capsys, lines, tmp_path):
    written = []
    for processes in ("1", "2"):
        out, claims = tmp_path / f"out{processes}", tmp_path / f"claims{processes}"
        status, _, err = run(
            capsys, "corpus", str(lines), "--out", str(out), "--claims", str(claims), "--processes", processes
        )
        reports = [{**json.loads(line), "added_at": None} for line in out.read_text().splitlines()]
        written.append((status, reports, claims.read_text(), err.partition(" annotated")[0]))

    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("source", "target"), [("missing.jsonl", "out.jsonl"), ("in.jsonl", "missing/out.jsonl"), (".", "out.jsonl")]
)
def test_corpus_says_at_once_what_it_cannot_read_or_write(capsys, lines, tmp_path, source, target):
    status, _, err = run(capsys, "corpus", str(tmp_path / source), "--out", str(tmp_path / target))

    assert (status, err.count("\n")) == (1, 1)
    assert "cannot be" in err


# --- serve -------------------------------------------------------------------------------------


def test_serve_tells_of_a_taken_port_in_one_line(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status, out, err = run(capsys, "serve", "--port", str(taken.getsockname()[1]))

    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "cannot be used" in err


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


# --- redrive -----------------------------------------------------------------------------------


@pytest.fixture
def given_up(store):
    """The queue, and the dead-letter queue with a job that was marked as failed and a message that says nothing."""
    sqs = clients.sqs()
    queue, dead = (sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("jobs", "dead"))
    wiring = Wiring(Settings(table="articles"), queue=SqsQueue(sqs, dead))
    job = wiring.annotate.submit("newsroom", Submission(text="The mill is sold, Ana Lorn said."), True).job
    wiring.annotate.fail_job("newsroom", job.id, "internal", "It is our fault.")
    sqs.send_message(QueueUrl=dead, MessageBody="nothing")
    return sqs, queue, dead, job.id


def test_what_was_given_up_is_taken_up_again_and_what_cannot_be_is_told(capsys, given_up):
    sqs, queue, dead, job_id = given_up
    arguments = ("redrive", "--table", "articles", "--queue-url", queue, "--dlq-url", dead)

    status, out, err = run(capsys, *arguments)

    (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    tenant, again = read_message(message["Body"])
    assert (status, tenant, out) == (1, "newsroom", f"{job_id}: queued again as {again}\n")
    assert err.splitlines() == [
        "secondsource: a message: The message is not JSON.",
        "secondsource: 1 messages dealt with, 1 left in the dead-letter queue",
    ]
    assert Wiring(Settings(table="articles")).annotate.run_job(tenant, again).article_id

    assert run(capsys, *arguments)[:2] == (1, ""), "only what could not be read is left"


def test_with_nothing_given_up_there_is_nothing_to_do(capsys, store):
    sqs = clients.sqs()
    queue, dead = (sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("jobs", "dead"))

    status, out, err = run(capsys, "redrive", "--table", "articles", "--queue-url", queue, "--dlq-url", dead)

    assert (status, out) == (0, "")
    assert "0 messages" in err


@pytest.mark.parametrize("more", [("--table", "missing"), ()])
def test_without_a_table_or_a_queue_nothing_is_taken_up(capsys, store, monkeypatch, more):
    monkeypatch.delenv("SECONDSOURCE_TABLE", raising=False)
    where = ("--queue-url", "https://sqs.invalid/jobs", "--dlq-url", "https://sqs.invalid/dead")

    status, out, err = run(capsys, "redrive", *where, *more)

    assert (status, out, err.count("\n")) == (1, "", 1)
