"""The command line: ``secondsource check``, ``corpus``, ``serve``, ``keys`` and ``redrive``.

Exit status: 0 when all was done, 1 when some input or line was bad or something failed, 2 for a wrong call.
Each command imports what it needs when it runs, so that ``--help`` and mistakes answer at once.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TextIO

from secondsource import __version__
from secondsource.errors import SecondSourceError

if TYPE_CHECKING:
    from secondsource.ports import Store
    from secondsource.present.comparison import Comparison
    from secondsource.present.report import Report

OK, FAILED, USAGE = 0, 1, 2
_INTERRUPTED = 130
"""What a shell reports for a program that Ctrl-C ended."""

_TABLE = "SECONDSOURCE_TABLE"
_ENDPOINT = "SECONDSOURCE_ENDPOINT_URL"
_DEFAULT_PORT = 8080
_SCOPES = ("read", "write", "admin")
_MOST_PROCESSES = 64
"""Beyond a dozen or so, storing what they found takes longer than finding it."""


class Failure(Exception):
    """Something that ends a command, to be told in one line."""


class _Parser(argparse.ArgumentParser):
    """Tells a mistake in one line, and where help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}. See {self.prog} --help.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; answers the exit status."""
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except (Failure, SecondSourceError) as error:
        return _fail(str(error))
    except BrokenPipeError:
        # Whoever read the output has enough. The interpreter would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        _fail("interrupted")
        return _INTERRUPTED
    except Exception as error:
        if os.environ.get("SECONDSOURCE_DEBUG"):
            raise
        return _fail(f"{type(error).__name__}: {error} (SECONDSOURCE_DEBUG=1 shows where)")


# --- check -------------------------------------------------------------------------------------


def check(chosen: argparse.Namespace) -> int:
    """Annotate the inputs, compare them when there are several, and show what came out."""
    from secondsource.local.embedded import TENANT, Embedded
    from secondsource.local.inputs import submission
    from secondsource.local.memory import MemoryStore
    from secondsource.services.compare import MAX_ARTICLES
    from secondsource.wiring import SystemClock

    inputs = chosen.inputs or ["-"]
    if not chosen.inputs and sys.stdin.isatty():
        chosen.usage("which article? Name a file or an address, or - for standard input")
    if len(inputs) > MAX_ARTICLES:
        chosen.usage(f"at most {MAX_ARTICLES} articles; secondsource corpus takes more")
    services = Embedded(MemoryStore(SystemClock()))
    ids: list[str] = []
    status = OK
    for argument in inputs:
        try:
            ids.append(services.add(submission(argument)))
        except SecondSourceError as error:
            status = _fail(f"{_name(argument)}: {error}")
    # The reports are read once all articles are known, for each may change what is known of the others.
    distinct = list(dict.fromkeys(ids))
    reports = [services.read.report(TENANT, article_id) for article_id in distinct]
    comparison = services.compare.compare(TENANT, distinct) if len(distinct) > 1 else None
    if reports:
        sys.stdout.write(_FORMATS[chosen.format](reports, comparison))
    return status


def _as_text(reports: "Sequence[Report]", comparison: "Comparison | None") -> str:
    from secondsource.present.summary import summarise, summarise_comparison

    parts = [summarise(report) for report in reports]
    return "\n\n".join([*parts, summarise_comparison(comparison)] if comparison else parts)


def _as_json(reports: "Sequence[Report]", comparison: "Comparison | None") -> str:
    import json

    found = [{**report.model_dump(mode="json"), "links": {}} for report in reports]
    whole = {"reports": found, "comparison": comparison.model_dump(mode="json")} if comparison else found[0]
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _as_html(reports: "Sequence[Report]", comparison: "Comparison | None") -> str:
    from secondsource.present.html import render

    return render(reports, comparison) + "\n"


_FORMATS: "dict[str, Callable[[Sequence[Report], Comparison | None], str]]" = {
    "text": _as_text,
    "json": _as_json,
    "html": _as_html,
}


# --- corpus ------------------------------------------------------------------------------------


def corpus(chosen: argparse.Namespace) -> int:
    """Annotate a file of articles, one JSON object a line, and write their reports and claim records."""
    _refuse_overwriting(chosen)
    from tqdm import tqdm

    from secondsource.local import corpus as work
    from secondsource.local.ahead import Ahead, AheadMatcher
    from secondsource.local.embedded import Embedded
    from secondsource.local.spill import SpilledStore
    from secondsource.model import Label
    from secondsource.wiring import SystemClock

    def bad_line(number: int, reason: str) -> None:
        tqdm.write(f"secondsource: line {number}: {reason}", file=sys.stderr)

    store = SpilledStore(SystemClock())
    ahead = Ahead(chosen.processes) if chosen.processes > 1 else None
    services = Embedded(store, ahead, matcher=AheadMatcher(store, ahead)) if ahead else Embedded(store)
    # All files are opened first: a name that cannot be written to must not be found out hours later.
    with _input(chosen.input) as lines, _output(chosen.out) as out, _output(chosen.claims) as claims_out:
        size = os.fstat(lines.fileno()).st_size or None
        with tqdm(total=size, unit="B", unit_scale=True, desc="annotating", disable=None, file=sys.stderr) as bar:

            def counted() -> Iterator[bytes]:
                for line in lines:
                    yield line
                    bar.update(len(line))

            with ahead or nullcontext():
                found = work.read(counted(), services, bad_line, ahead.leading if ahead else None)
        wanted = work.reports(found, services, Label(chosen.label) if chosen.label else None)
        progress = tqdm(wanted, total=len(found.order), desc="writing", disable=None, file=sys.stderr)
        written = work.write(progress, out) if out else 0
        records = work.write(work.claims(found, services), claims_out) if claims_out else None
    store.close()
    each = f", {found.seconds / written:.3f} s each" if written else ""
    sys.stderr.write(f"secondsource: {written} articles annotated{each}; {found.bad} bad lines left out")
    sys.stderr.write(f"; {records} claim records\n" if records is not None else "\n")
    return FAILED if found.bad else OK


def _refuse_overwriting(chosen: argparse.Namespace) -> None:
    names = [name for name in (chosen.input, chosen.out, chosen.claims) if name not in (None, "-")]
    paths = [Path(name).resolve() for name in names]
    if len(set(paths)) < len(paths):
        chosen.usage("IN, OUT and CLAIMS must be different files")


def _input(name: str) -> AbstractContextManager[BinaryIO]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise Failure(f"{name} cannot be read: {error.strerror}") from None


def _output(name: str | None) -> AbstractContextManager[TextIO | None]:
    if name is None:
        return nullcontext(None)
    if name == "-":
        return nullcontext(sys.stdout)
    try:
        return Path(name).open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Failure(f"{name} cannot be written: {error.strerror}") from None


# --- serve -------------------------------------------------------------------------------------


def serve(chosen: argparse.Namespace) -> int:
    """Serve the HTTP API until Ctrl-C."""
    from secondsource.local import serve as work

    try:
        work.serve(chosen.port, chosen.host, endpoint_url=chosen.endpoint_url)
    except (work.PortTaken, OSError, RuntimeError) as error:
        raise Failure(str(error)) from None
    return OK


# --- keys --------------------------------------------------------------------------------------


def create_key(chosen: argparse.Namespace) -> int:
    """Make an API key and print it, this once."""
    from secondsource.model import Scope
    from secondsource.services import keys
    from secondsource.wiring import SystemClock

    scopes = [Scope(scope) for scope in chosen.scope or ("read", "write")]
    key = keys.create(_store(chosen), SystemClock(), chosen.tenant, scopes, chosen.label)
    print(key)
    sys.stderr.write("This is the only time the key is shown: what is stored is its hash.\n")
    return OK


def list_keys(chosen: argparse.Namespace) -> int:
    """Print a tenant's keys, one a line: id, state, scopes, date, label."""
    for key in _store(chosen).list_keys(chosen.tenant):
        state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "active"
        print("\t".join([key.key_id, state, " ".join(key.scopes), f"{key.created_at:%Y-%m-%d}", key.label]).rstrip())
    return OK


def revoke_key(chosen: argparse.Namespace) -> int:
    """End a key."""
    from secondsource.services import keys
    from secondsource.wiring import SystemClock

    key_id = keys.key_id_of(chosen.key) if chosen.key.startswith("ss_") else chosen.key
    revoked = keys.revoke(_store(chosen), SystemClock(), key_id)
    print(f"{revoked.key_id}\trevoked {revoked.revoked_at:%Y-%m-%d}")
    return OK


def _store(chosen: argparse.Namespace) -> "Store":
    from secondsource.settings import Settings
    from secondsource.wiring import Wiring

    if not chosen.table:
        raise Failure(f"which table? Give --table or set {_TABLE}")
    return Wiring(Settings(table=chosen.table, endpoint_url=chosen.endpoint_url)).store


# --- redrive -----------------------------------------------------------------------------------


def redrive(chosen: argparse.Namespace) -> int:
    """Take up again what a deployment has given up, one line each; what waits on is told on standard error."""
    from secondsource.aws import clients
    from secondsource.aws.dead_letters import SqsDeadLetters
    from secondsource.aws.queue import SqsQueue
    from secondsource.services import redrive as work
    from secondsource.settings import Settings
    from secondsource.wiring import Wiring

    if not chosen.table:
        raise Failure(f"which table? Give --table or set {_TABLE}")
    where = {"endpoint_url": chosen.endpoint_url}
    sqs = clients.sqs(**where)
    wiring = Wiring(Settings(table=chosen.table, **where), queue=SqsQueue(sqs, chosen.queue_url))
    letters = SqsDeadLetters(sqs, clients.streams(**where), chosen.dlq_url)
    done = left = 0
    for outcome in work.redrive(letters, wiring.annotate, wiring.store, wiring.clock):
        if outcome.done:
            done += 1
            print(outcome.text)
        else:
            left += 1
            _fail(outcome.text)
    sys.stderr.write(f"secondsource: {done} messages dealt with, {left} left in the dead-letter queue\n")
    return FAILED if left else OK


# --- the arguments -----------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="secondsource",
        description="For every claim in a news article: says who, who else, and what is it to them?",
    )
    parser.add_argument("--version", action="version", version=f"secondsource {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_check(commands.add_parser("check", help="annotate articles and show their claims, sources and flags"))
    _add_corpus(commands.add_parser("corpus", help="annotate a file of articles, one JSON object a line"))
    _add_serve(commands.add_parser("serve", help="serve the HTTP API on this machine"))
    _add_keys(commands.add_parser("keys", help="create, list and revoke API keys of a deployment"))
    _add_redrive(
        commands.add_parser("redrive", parents=[_table()], help="take up again what a deployment has given up")
    )
    return parser


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.description = "Annotate articles and show what they claim, who says so, and the flags. Several are compared."
    parser.add_argument(
        "inputs",
        nargs="*",
        metavar="PATH|URL|-",
        help="a file (.txt, .html, .json with title, text, ...), an http or https address, or - for standard input, "
        "which is also read when nothing is named and it is no terminal",
    )
    parser.add_argument("--format", choices=tuple(_FORMATS), default="text", help="default: text")
    parser.set_defaults(command=check, usage=parser.error)


def _add_corpus(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Annotate all articles of IN and write one report a line to OUT, in the order of IN. A bad line is named on "
        "standard error and has no report; the exit status is then 1. Reports are written when all have been read, "
        "because later articles change what is known of the claims of earlier ones."
    )
    parser.add_argument(
        "input",
        metavar="IN",
        help='one object a line: {"id", "text" or "html", and where known "url", "title", "publisher", "byline", '
        '"published_at"}; - for standard input',
    )
    parser.add_argument("--out", required=True, metavar="OUT", help="where the reports go; - for standard output")
    parser.add_argument("--label", choices=("speech", "stance"), help="attributions of this label alone in OUT")
    parser.add_argument("--claims", metavar="CLAIMS", help="where the claim records go, one a line")
    parser.add_argument(
        "--processes",
        type=_processes,
        default=1,
        metavar="N",
        help="analyse with so many at once, each with some 300 MB of models; what is written is the same. Default: 1",
    )
    parser.set_defaults(command=corpus, usage=parser.error)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.description = "Serve the HTTP API with the handlers that run in AWS, over an embedded store."
    parser.add_argument("--port", type=_port, default=_DEFAULT_PORT, help=f"default: {_DEFAULT_PORT}")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
    parser.add_argument("--endpoint-url", help="a DynamoDB endpoint to use instead of the embedded store")
    parser.set_defaults(command=serve, usage=parser.error)


def _add_keys(parser: argparse.ArgumentParser) -> None:
    parser.description = "The API keys in a deployment's table."
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    table = _table()
    tenant = _Parser(add_help=False)
    tenant.add_argument("--tenant", required=True, help="lower-case letters, digits and hyphens")

    create = actions.add_parser("create", parents=[table, tenant], help="make a key and print it, this once")
    create.add_argument("--scope", action="append", choices=_SCOPES, help="may be given again; default: read and write")
    create.add_argument("--label", default="", help="what the key is for")
    create.set_defaults(command=create_key)
    listing = actions.add_parser("list", parents=[table, tenant], help="show a tenant's keys, without their secrets")
    listing.set_defaults(command=list_keys)
    revoke = actions.add_parser("revoke", parents=[table], help="end a key, at once and for good")
    revoke.add_argument("key", metavar="KEY", help="the key's id, or the key")
    revoke.set_defaults(command=revoke_key)


def _add_redrive(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Queue the jobs of the dead-letter queue again and count the claims that could not be counted, once what stood "
        "in their way is gone. A job that was marked as failed is done as a new job, whose id is printed. What cannot "
        "be dealt with stays where it is; the exit status is then 1."
    )
    parser.add_argument(
        "--queue-url", required=True, metavar="URL", help="where jobs wait (JobQueueUrl of the outputs)"
    )
    parser.add_argument("--dlq-url", required=True, metavar="URL", help="the dead-letter queue (DeadLettersUrl)")
    parser.set_defaults(command=redrive)


def _table() -> _Parser:
    """The arguments that say where a deployment's table is."""
    table = _Parser(add_help=False)
    table.add_argument("--table", default=os.environ.get(_TABLE), help=f"the deployment's table; default: ${_TABLE}")
    table.add_argument(
        "--endpoint-url", default=os.environ.get(_ENDPOINT), help=f"an endpoint of AWS; default: ${_ENDPOINT}, or AWS"
    )
    return table


def _processes(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= _MOST_PROCESSES:
        raise argparse.ArgumentTypeError(f"processes are a number from 1 to {_MOST_PROCESSES}")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def _name(argument: str) -> str:
    return "standard input" if argument == "-" else argument


def _fail(message: str) -> int:
    """Tell it in one line."""
    sys.stderr.write(f"secondsource: {' '.join(message.split())}\n")
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
