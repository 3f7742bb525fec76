import io
import json
import os
import socket
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from secondsource import __version__, cli
from secondsource.aws import clients
from secondsource.aws.queue import SqsQueue, read_message
from secondsource.aws.schema import create_table
from secondsource.errors import Unauthorized
from secondsource.model import Limits, Scope, Submission
from secondsource.services.keys import authenticate
from secondsource.settings import Settings
from secondsource.wiring import Wiring
from tests.contract.mocked import mocked


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
        ("corpus", "in.jsonl", "--out", "o.jsonl", "--register", "o.jsonl"),
        ("register",),
        ("register", "put"),
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


@pytest.mark.parametrize("command", ["check", "corpus", "serve", "register", "keys", "redrive"])
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


def printed(monkeypatch, *arguments):
    """What a call writes to a standard output whose encoding has no “ and no 🦆."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", out)
    assert cli.main(arguments) == 0
    out.flush()
    return out.buffer.getvalue()


def test_what_a_terminal_cannot_show_is_written_as_escapes(monkeypatch, one):
    assert b"HEADLINE CLAIM: \\u201cThe council has bought" in printed(monkeypatch, "check", one)


@pytest.mark.parametrize("form", ["json", "html"])
def test_what_programs_read_is_utf_8_whatever_a_terminal_shows(monkeypatch, tmp_path, form):
    path = tmp_path / "one.txt"
    path.write_text(ONE.replace("Tarnbrook", "Tarnbröök 🦆"))

    assert "Tarnbröök 🦆" in printed(monkeypatch, "check", "--format", form, str(path)).decode()


def test_a_file_whose_name_is_no_text_is_named_all_the_same(capsys, one, tmp_path):
    odd = os.fsdecode(os.fsencode(tmp_path / "odd") + b"\xff.txt")
    Path(odd).write_text(ONE.replace("Monday", "Tuesday"))

    for form in ("text", "json", "html"):
        status, out, err = run(capsys, "check", "--format", form, one, odd)
        assert (status, err) == (0, "")
        assert "odd\\udcff.txt" in out.replace("\\\\", "\\")


@pytest.fixture
def nameless(tmp_path, monkeypatch):
    """Two texts without a title, by the names of their files."""
    monkeypatch.chdir(tmp_path)
    for name, day in (("0.txt", "Monday"), ("1.txt", "Tuesday")):
        Path(name).write_text(ONE.replace("Monday", day))
    return "0.txt", "1.txt"


def test_check_calls_texts_without_a_title_by_their_files(capsys, nameless):
    _, out, _ = run(capsys, "check", *nameless)

    _, first, second = out.split("HEADLINE CLAIM")
    assert "Reported by   this article and 1.txt" in first
    assert "Reported by   0.txt and this article" in second
    assert "COMPARED: 0.txt and 1.txt" in second
    assert "art_" not in out
    assert "another article" not in out


def test_the_page_calls_texts_without_a_title_by_their_files(capsys, nameless):
    _, out, _ = run(capsys, "check", "--format", "html", *nameless)

    assert "art_" not in out
    assert "another article" not in out
    assert "In <bdi>0.txt</bdi>" in out
    assert "In <bdi>1.txt</bdi>" in out


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


@pytest.mark.parametrize("written", ["--out", "--claims"])
def test_corpus_does_not_write_over_what_it_reads_by_another_name(capsys, lines, tmp_path, written):
    other = tmp_path / "other.jsonl"
    other.hardlink_to(lines)
    names = {"--out": str(tmp_path / "out.jsonl"), "--claims": str(tmp_path / "claims.jsonl"), written: str(other)}

    status, _, err = run(capsys, "corpus", str(lines), *chain.from_iterable(names.items()))

    assert (status, err.count("\n")) == (2, 1)
    assert "must be different files" in err
    assert lines.read_text()


@pytest.mark.parametrize("name", ["in.jsonl", "out.jsonl"])
def test_corpus_does_not_write_over_what_a_shell_has_opened_for_it(lines, tmp_path, name):
    call = [sys.executable, "-m", "secondsource.cli", "corpus", "-", "--out", "-", "--claims", name]

    with lines.open("rb") as given, (tmp_path / "out.jsonl").open("wb") as out:
        answer = subprocess.run(call, stdin=given, stdout=out, stderr=subprocess.PIPE, cwd=tmp_path, check=False)

    assert answer.returncode == 2
    assert b"must be different files" in answer.stderr
    assert lines.read_text()


def test_corpus_empties_no_file_when_it_cannot_write_another(capsys, lines, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("reports of yesterday\n")

    status, _, err = run(capsys, "corpus", str(lines), "--out", str(out), "--claims", str(tmp_path / "no" / "c.jsonl"))

    assert status == 1
    assert "c.jsonl cannot be written" in err
    assert out.read_text() == "reports of yesterday\n"


def test_corpus_writes_a_file_anew(capsys, lines, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("reports of yesterday\n")

    run(capsys, "corpus", str(lines), "--out", str(out))

    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == ["first", "second", "third"]


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
    with mocked():
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


def test_a_scope_that_opens_nothing_cannot_be_given(capsys, store):
    status, out, _ = create(capsys, "--scope", "admin")

    assert (status, out) == (2, "")
    assert store.list_keys("newsroom") == ()


def test_the_list_of_keys_shows_no_secret(capsys, store):
    _, key, _ = create(capsys, "--label", "desk", "--scope", "write", "--scope", "read")

    status, out, _ = run(capsys, "keys", "list", "--table", "articles", "--tenant", "newsroom")

    key_id, state, scopes, _, label = out.strip().split("\t")
    assert status == 0
    assert key.startswith(f"ss_{key_id}_")
    assert (state, scopes, label) == ("active", "write read", "desk")
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


# --- register ----------------------------------------------------------------------------------

RELATION = {"type": "rival_of", "object": "Varn League", "source_url": "https://a.example", "date": "2020-05-04"}
FRONT = {"name": "Northern Front", "kind": "armed_group", "aliases": ["N.F."], "relations": [RELATION]}
EXAMPLE = Path(__file__).parents[2] / "examples" / "register.jsonl"


@pytest.fixture
def register(capsys, tmp_path):
    """Runs an action on a register's file."""

    def act(*arguments):
        return run(capsys, "register", *arguments, "--file", str(tmp_path / "register.jsonl"), "--entered-by", "Ida")

    return act


def test_an_actor_is_put_into_a_file_shown_and_deleted(register, tmp_path):
    path = tmp_path / "front.json"
    path.write_text(json.dumps(FRONT))

    assert register("put", "front", str(path)) == (0, "front\tcreated\n", "")
    assert register("put", "front", str(path)) == (0, "front\tunchanged\n", "")
    shown = json.loads(register("get", "front")[1])
    assert shown == {"id": "front", **FRONT, "relations": [{**RELATION, "entered_by": "Ida"}]}
    assert register("list") == (0, "front\tarmed_group\t1\tNorthern Front\n", "")
    assert register("list", "--name", "the n.f.")[1].startswith("front\t")
    assert register("list", "--name", "Front")[1] == ""
    assert register("delete", "front") == (0, "front\tdeleted\n", "")
    assert register("get", "front") == (1, "", "secondsource: There is no actor of this id.\n")


def test_what_is_shown_of_an_actor_can_be_put_again_and_under_no_other_id(register, tmp_path):
    path = tmp_path / "front.json"
    path.write_text(json.dumps(FRONT))
    register("put", "front", str(path))
    path.write_text(register("get", "front")[1])

    assert register("put", "front", str(path)) == (0, "front\tunchanged\n", "")
    status, out, err = register("put", "other", str(path))
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "id" in err
    assert register("list")[1].count("\n") == 1


def test_an_actor_may_come_from_standard_input(register, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(FRONT).encode())))
    assert register("put", "front")[0] == 0
    assert "Northern Front" in register("get", "front")[1]


def test_lines_are_imported_and_exported_in_their_order_and_bad_ones_told(register, tmp_path):
    lines = [{"id": actor_id, **FRONT} for actor_id in ("c", "a", "b")]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join([*map(json.dumps, lines), "{", json.dumps({"id": "x", **FRONT, "name": "Russians"})]))

    status, out, err = register("import", str(path))
    assert (status, out) == (1, "3 created, 0 changed, 0 unchanged, 2 failed\n")
    assert err.startswith("secondsource: line 4: The line is not JSON")
    assert "secondsource: line 5: 'Russians' is what people are" in err
    assert register("import", str(path))[1] == "0 created, 0 changed, 3 unchanged, 2 failed\n"
    stored = (tmp_path / "register.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in stored] == ["c", "a", "b"]
    assert sorted(register("export")[1].splitlines()) == sorted(stored)


def test_a_file_with_a_bad_line_is_not_written_anew(register, tmp_path):
    path = tmp_path / "register.jsonl"
    path.write_text(json.dumps({"id": "front", **FRONT}) + "\n{\n")
    status, _, err = register("delete", "front")
    assert status == 1
    assert "register.jsonl, line 2: The line is not JSON" in err
    assert len(path.read_text().splitlines()) == 2


@pytest.mark.parametrize("body", ["{", "[]", '{"name": "x"}', json.dumps({**FRONT, "name": "women"})])
def test_an_actor_that_is_none_is_told_in_one_line_and_no_file_is_made(register, tmp_path, body):
    path = tmp_path / "bad.json"
    path.write_text(body)
    status, out, err = register("put", "front", str(path))
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert not (tmp_path / "register.jsonl").exists()


@pytest.mark.parametrize("action", [("get", "x"), ("list",), ("export",), ("delete", "x")])
def test_a_register_that_is_not_there_is_told(register, action):
    status, out, err = register(*action)
    assert (status, out) == (1, "")
    assert "cannot be read" in err


def test_without_a_file_or_a_table_it_is_asked_which_register(capsys, monkeypatch):
    monkeypatch.delenv("SECONDSOURCE_REGISTER", raising=False)
    assert "which register" in run(capsys, "register", "list")[2]
    assert "whose register" in run(capsys, "register", "list", "--table", "t")[2]


def test_a_deployments_register_is_kept_in_its_table(capsys):
    with mocked():
        create_table(clients.dynamodb("eu-west-1"), "t")
        where = ("--table", "t", "--tenant", "courier")
        assert run(capsys, "register", "import", str(EXAMPLE), *where)[1].startswith("5 created")
        assert run(capsys, "register", "import", str(EXAMPLE), *where)[1] == (
            "0 created, 0 changed, 5 unchanged, 0 failed\n"
        )
        assert run(capsys, "register", "list", "--name", "the Front", *where)[1].startswith("jorrel-front\t")
        assert run(capsys, "register", "list", "--table", "t", "--tenant", "other")[1] == ""


def test_the_example_register_has_no_bad_line(capsys, tmp_path):
    status, out, err = run(capsys, "register", "import", str(EXAMPLE), "--file", str(tmp_path / "r.jsonl"))
    assert (status, out, err) == (0, "5 created, 0 changed, 0 unchanged, 0 failed\n", "")
    assert sorted((tmp_path / "r.jsonl").read_text().splitlines()) == sorted(
        json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":"))
        for line in EXAMPLE.read_text().splitlines()
    )


# --- tenants -----------------------------------------------------------------------------------


def tenants(capsys, action, *more):
    return run(capsys, "tenants", action, "--table", "articles", "--tenant", "newsroom", *more)


def test_what_a_tenant_may_do_is_set_and_shown_with_what_it_has_done(capsys, store):
    store.count_up("newsroom", "stored", "kept")
    tenants(capsys, "set", "--calls-a-minute", "60", "--retention-days", "30")

    status, out, _ = tenants(capsys, "set", "--articles-stored", "0", "--retention-days", "default")

    assert status == 0
    assert out.splitlines() == [
        "calls_a_minute\t60",
        "articles_a_day\tthe deployment's own",
        "articles_stored\tno limit",
        "retention_days\tthe deployment's own",
        "annotated today\t0",
        "stored\t1",
    ]
    assert tenants(capsys, "show")[1] == out
    assert store.get_limits("newsroom") == Limits(calls_a_minute=60, articles_stored=0)


@pytest.mark.parametrize("arguments", [(), ("--calls-a-minute", "-1"), ("--calls-a-minute", "many")])
def test_a_limit_that_is_none_is_a_wrong_call(capsys, store, arguments):
    status, out, err = tenants(capsys, "set", *arguments)

    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_limit_that_is_too_large_is_named(capsys, store):
    status, _, err = tenants(capsys, "set", "--retention-days", "40000")

    assert (status, err) == (1, "secondsource: --retention-days is too large\n")


def test_deleting_a_tenant_says_first_how_much_there_is(capsys, store):
    create(capsys)

    status, out, _ = tenants(capsys, "delete")

    assert (status, out) == (0, "2 items; --yes deletes them\n")
    assert store.list_keys("newsroom")


def test_a_deleted_tenant_is_gone_with_its_keys_and_the_count_says_so(capsys, store):
    key = create(capsys)[1].strip()
    store.put_limits("newsroom", Limits(calls_a_minute=1))

    status, out, _ = tenants(capsys, "delete", "--yes", "--settle", "0")

    assert (status, out) == (0, "3 items deleted, 0 left\n")
    with pytest.raises(Unauthorized):
        authenticate(store, key)


def test_a_tenant_that_could_not_be_deleted_whole_is_a_failure(capsys, store, monkeypatch):
    create(capsys)
    monkeypatch.setattr("secondsource.aws.table.Table.write_many", lambda *_, **__: None)

    status, out, _ = tenants(capsys, "delete", "--yes", "--settle", "0")

    assert (status, out.partition(", ")[2]) == (1, "2 left\n")


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
