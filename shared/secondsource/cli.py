"""The command line: ``check``, ``corpus``, ``serve``, ``register``, ``keys``, ``tenants`` and ``redrive``.

Exit status: 0 when all was done, 1 when some input or line was bad or something failed, 2 for a wrong call.
Each command imports what it needs when it runs, so that ``--help`` and mistakes answer at once.
"""

import argparse
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from io import TextIOWrapper
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TextIO

from secondsource import __version__
from secondsource.errors import SecondSourceError

if TYPE_CHECKING:
    from secondsource.local.embedded import Embedded
    from secondsource.ports import Store
    from secondsource.present.comparison import Comparison
    from secondsource.present.report import Report
    from secondsource.services.register import Register
    from secondsource.wiring import Wiring

OK, FAILED, USAGE = 0, 1, 2
_INTERRUPTED = 130
"""What a shell reports for a program that Ctrl-C ended."""

_FOR_PROGRAMS = "utf-8"
"""What JSON and pages are written in, whatever a terminal's encoding: they say so, or it goes without saying."""

_TABLE = "SECONDSOURCE_TABLE"
_ENDPOINT = "SECONDSOURCE_ENDPOINT_URL"
_REGISTER = "SECONDSOURCE_REGISTER"
_DEFAULT_PORT = 8080
_SCOPES = ("read", "write")
_LIMITS = ("calls_a_minute", "articles_a_day", "articles_stored", "retention_days")
_OWN = "default"
"""In place of a number: what the deployment says."""
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
    _encode()
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


def _encode(encoding: str | None = None) -> None:
    """Have standard output take every character: as an escape, where its encoding, or this one, has none for it."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


# --- check -------------------------------------------------------------------------------------


def check(chosen: argparse.Namespace) -> int:
    """Annotate the inputs, compare them when there are several, and show what came out."""
    from secondsource.local.embedded import TENANT, Embedded
    from secondsource.local.inputs import submission
    from secondsource.local.memory import MemoryStore
    from secondsource.present import comparison as comparisons
    from secondsource.present.report import with_names
    from secondsource.services.compare import MAX_ARTICLES
    from secondsource.wiring import SystemClock

    inputs = chosen.inputs or ["-"]
    if not chosen.inputs and sys.stdin.isatty():
        chosen.usage("which article? Name a file or an address, or - for standard input")
    if len(inputs) > MAX_ARTICLES:
        chosen.usage(f"at most {MAX_ARTICLES} articles; secondsource corpus takes more")
    services = Embedded(MemoryStore(SystemClock()))
    names: dict[str, str] = {}
    status = _load_register(chosen.register, services)
    for argument in inputs:
        try:
            names.setdefault(services.add(submission(argument)), _name(argument))
        except SecondSourceError as error:
            status = _fail(f"{_name(argument)}: {error}")
    # The reports are read once all articles are known, for each may change what is known of the others.
    reports = [with_names(services.read.report(TENANT, article_id), names) for article_id in names]
    compared = services.compare.compare(TENANT, list(names)) if len(names) > 1 else None
    comparison = comparisons.with_names(compared, names) if compared else None
    if reports:
        if chosen.format != "text":
            _encode(_FOR_PROGRAMS)
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

    return render(reports, comparison).html + "\n"


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

    def alone() -> None:
        tqdm.write("secondsource: another process has ended; what is left is analysed in this one", file=sys.stderr)

    store = SpilledStore(SystemClock())
    ahead = Ahead(chosen.processes, alone=alone) if chosen.processes > 1 else None
    services = Embedded(store, ahead, matcher=AheadMatcher(store, ahead)) if ahead else Embedded(store)
    status = _load_register(chosen.register, services)
    # All files are opened first: a name that cannot be written to must not be found out hours later.
    with _input(chosen.input) as lines, _outputs(chosen.out, chosen.claims) as (out, claims_out):
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
    return FAILED if found.bad else status


def _load_register(name: str | None, services: "Embedded") -> int:
    """Put the actors of a register's file beside the articles to come; a bad line is told of and left out."""
    if name is None:
        return OK
    from secondsource.local import registers

    bad = registers.load(
        Path(name), services.register, _user(), lambda number, reason: _tell(f"{name}, line {number}: {reason}")
    ).failed
    return FAILED if bad else OK


def _refuse_overwriting(chosen: argparse.Namespace) -> None:
    names = [name for name in (chosen.input, chosen.out, chosen.claims, chosen.register) if name not in (None, "-")]
    paths = {os.path.realpath(name) for name in names}
    # One file may have several names, and a shell may have made it standard input or output.
    streams = [sys.stdin] * (chosen.input == "-") + [sys.stdout] * ("-" in (chosen.out, chosen.claims))
    files = [file for file in map(_regular, [*names, *streams]) if file]
    if len(paths) < len(names) or any(os.path.samestat(a, b) for a, b in combinations(files, 2)):
        chosen.usage("IN, OUT, CLAIMS and the register must be different files")


def _regular(file: str | TextIO) -> os.stat_result | None:
    """What the system says of a file; None where there is none yet, or a terminal, a pipe or a device."""
    try:
        found = os.stat(file if isinstance(file, str) else file.fileno())
    except (OSError, ValueError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _input(name: str) -> AbstractContextManager[BinaryIO]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise Failure(f"{name} cannot be read: {error.strerror}") from None


@contextmanager
def _outputs(*names: str | None) -> Iterator[list[TextIO | None]]:
    """The files to write, emptied when all of them can be written."""
    with ExitStack() as opened:
        files = [opened.enter_context(_output(name)) for name in names]
        for name, file in zip(names, files, strict=True):
            if file is not None and name != "-" and stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                file.truncate(0)
        yield files


def _output(name: str | None) -> AbstractContextManager[TextIO | None]:
    if name is None:
        return nullcontext(None)
    if name == "-":
        _encode(_FOR_PROGRAMS)
        return nullcontext(sys.stdout)
    try:
        return Path(name).open("a", encoding="utf-8", newline="\n")
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


# --- register ----------------------------------------------------------------------------------


def put_actor(chosen: argparse.Namespace) -> int:
    """Create or replace one actor."""
    from secondsource.local.inputs import json_object
    from secondsource.web.actors import read_body

    given = read_body(json_object(chosen.actor))
    with _register(chosen, to_change=True, may_be_new=True) as (register, tenant):
        done = register.put(tenant, chosen.id, given, chosen.entered_by)
    print(f"{done.actor.id}\t{done.outcome}")
    return OK


def get_actor(chosen: argparse.Namespace) -> int:
    """Print one actor as JSON."""
    import json

    with _register(chosen) as (register, tenant):
        actor = register.get(tenant, chosen.id)
    _encode(_FOR_PROGRAMS)
    shown = actor.model_dump(mode="json", exclude={"version", "created_at", "updated_at"})
    print(json.dumps(shown, ensure_ascii=False, indent=2))
    return OK


def delete_actor(chosen: argparse.Namespace) -> int:
    """Delete one actor."""
    with _register(chosen, to_change=True) as (register, tenant):
        register.delete(tenant, chosen.id)
    print(f"{chosen.id}\tdeleted")
    return OK


def list_actors(chosen: argparse.Namespace) -> int:
    """Print the actors, one a line: id, kind, number of relations, name; those of a name alone, if one is given."""
    with _register(chosen) as (register, tenant):
        for actor in register.all(tenant) if chosen.name is None else register.named(tenant, chosen.name):
            print("\t".join([actor.id, actor.kind, str(len(actor.relations)), actor.name]))
    return OK


def import_actors(chosen: argparse.Namespace) -> int:
    """Put the actor of each line; bad lines are told of and left out."""
    from secondsource.web.actors import read_lines

    with _input(chosen.lines) as lines, _register(chosen, to_change=True, may_be_new=True) as (register, tenant):
        done = register.import_lines(tenant, read_lines(lines), chosen.entered_by)
    for failed in done.failed:
        _tell(f"line {failed.line}: {failed.reason}")
    print(f"{done.created} created, {done.changed} changed, {done.unchanged} unchanged, {len(done.failed)} failed")
    return FAILED if done.failed else OK


def export_actors(chosen: argparse.Namespace) -> int:
    """Print the actors as JSON Lines."""
    from secondsource.web.actors import line_of

    with _register(chosen) as (register, tenant):
        _encode(_FOR_PROGRAMS)
        for actor in register.all(tenant):
            sys.stdout.write(line_of(actor))
    return OK


@contextmanager
def _register(
    chosen: argparse.Namespace, *, to_change: bool = False, may_be_new: bool = False
) -> "Iterator[tuple[Register, str]]":
    """The register that is meant, and whose it is: a deployment's when a table is named, else the file's."""
    if chosen.table:
        from secondsource.services.register import Register
        from secondsource.wiring import SystemClock

        if not chosen.tenant:
            raise Failure("whose register? Give --tenant")
        yield Register(_store(chosen), SystemClock()), chosen.tenant
        return
    if not chosen.file:
        raise Failure(f"which register? Give --file FILE, or --table and --tenant, or set {_REGISTER}")
    from secondsource.local.registers import TENANT, of_file

    with of_file(Path(chosen.file), chosen.entered_by, to_change=to_change, may_be_new=may_be_new) as register:
        yield register, TENANT


def _user() -> str:
    """Who enters what does not say so."""
    return os.environ.get("USER") or os.environ.get("USERNAME") or "local"


# --- keys --------------------------------------------------------------------------------------


def create_key(chosen: argparse.Namespace) -> int:
    """Make an API key and print it, this once."""
    from secondsource.model import Scope
    from secondsource.services import keys
    from secondsource.wiring import SystemClock

    scopes = [Scope(scope) for scope in chosen.scope or _SCOPES]
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


# --- tenants -----------------------------------------------------------------------------------


def show_tenant(chosen: argparse.Namespace) -> int:
    """Print what a tenant may do, and what it has done."""
    services = _deployment(chosen)
    for name, value in services.store.get_limits(chosen.tenant).model_dump().items():
        said = "the deployment's own" if value is None else "no limit" if value == 0 else f"{value}"
        print(f"{name}\t{said}")
    for name, number in services.limits.usage(chosen.tenant).items():
        print(f"{name}{' today' if name == 'annotated' else ''}\t{number}")
    return OK


def set_tenant(chosen: argparse.Namespace) -> int:
    """Decide what a tenant may do; what is not named stays as it is."""
    from pydantic import ValidationError

    from secondsource.model import Limits

    store = _deployment(chosen).store
    named = {name: getattr(chosen, name) for name in _LIMITS if getattr(chosen, name) is not None}
    changes = {name: None if value == _OWN else value for name, value in named.items()}
    if not changes:
        chosen.usage(f"what is to be set? Give at least one of {', '.join(_option(name) for name in _LIMITS)}")
    try:
        limits = Limits(**(store.get_limits(chosen.tenant).model_dump() | changes))
    except ValidationError as error:
        raise Failure(f"{_option(str(error.errors()[0]['loc'][0]))} is too large") from None
    store.put_limits(chosen.tenant, limits)
    return show_tenant(chosen)


def delete_tenant(chosen: argparse.Namespace) -> int:
    """End a tenant's keys and delete all that it has; without --yes only say how much that is."""
    from secondsource.aws.removal import SETTLE_SECONDS, count_tenant, remove_tenant
    from secondsource.services import keys

    services = _deployment(chosen)
    if not chosen.yes:
        print(f"{count_tenant(services.dynamodb, chosen.table, chosen.tenant)} items; --yes deletes them")
        return OK
    for key in services.store.list_keys(chosen.tenant):
        keys.revoke(services.store, services.clock, key.key_id)
    seconds = SETTLE_SECONDS if chosen.settle is None else chosen.settle
    sys.stderr.write(f"The keys have ended. What is under way is waited for, {seconds} seconds.\n")
    removed = remove_tenant(services.dynamodb, chosen.table, chosen.tenant, seconds)
    print(f"{removed.deleted} items deleted, {removed.left} left")
    return FAILED if removed.left else OK


def _store(chosen: argparse.Namespace) -> "Store":
    return _deployment(chosen).store


def _deployment(chosen: argparse.Namespace) -> "Wiring":
    from secondsource.settings import Settings
    from secondsource.wiring import Wiring

    if not chosen.table:
        raise Failure(f"which table? Give --table or set {_TABLE}")
    return Wiring(Settings(table=chosen.table, endpoint_url=chosen.endpoint_url))


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
    wiring = Wiring(Settings(table=chosen.table, **where), queue=SqsQueue(sqs, chosen.queue_url, chosen.deliveries_url))
    letters = SqsDeadLetters(sqs, clients.streams(**where), chosen.dlq_url)
    done = left = 0
    for outcome in work.redrive(letters, wiring.annotate, wiring.deliver, wiring.store, wiring.clock):
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
    _add_register(commands.add_parser("register", help="keep a register of actors and their interests"))
    _add_keys(commands.add_parser("keys", help="create, list and revoke API keys of a deployment"))
    _add_tenants(commands.add_parser("tenants", help="show, limit and delete tenants of a deployment"))
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
    parser.add_argument("--register", metavar="FILE", help="a register of actors to weigh sources with, as JSON Lines")
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
    parser.add_argument("--register", metavar="FILE", help="a register of actors to weigh sources with, as JSON Lines")
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


def _add_register(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Actors and their interests, in a file of JSON Lines or in a deployment's table. check and corpus use such a "
        "file with --register."
    )
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--file", default=os.environ.get(_REGISTER), help=f"the register's file; default: ${_REGISTER}")
    where.add_argument("--table", help="a deployment's table, instead of a file")
    where.add_argument("--tenant", help="whose register in the table")
    where.add_argument(
        "--endpoint-url", default=os.environ.get(_ENDPOINT), help=f"a DynamoDB endpoint; default: ${_ENDPOINT}, or AWS"
    )
    where.add_argument("--entered-by", default=_user(), help="of relations that do not say so; default: the user")
    actor_id = argparse.ArgumentParser(add_help=False)
    actor_id.add_argument("id", metavar="ID", help="lower-case letters, digits and hyphens")

    put = actions.add_parser("put", parents=[where, actor_id], help="create or replace an actor")
    put.add_argument("actor", nargs="?", default="-", metavar="PATH|-", help="the actor as a JSON object; default: -")
    put.set_defaults(command=put_actor)
    actions.add_parser("get", parents=[where, actor_id], help="show an actor").set_defaults(command=get_actor)
    actions.add_parser("delete", parents=[where, actor_id], help="delete an actor").set_defaults(command=delete_actor)
    listing = actions.add_parser("list", parents=[where], help="show the actors, one a line")
    listing.add_argument("--name", help="those alone who bear this name or alias")
    listing.set_defaults(command=list_actors)
    imports = actions.add_parser("import", parents=[where], help="put many actors, one JSON object a line")
    imports.add_argument("lines", nargs="?", default="-", metavar="PATH|-", help="default: -, standard input")
    imports.set_defaults(command=import_actors)
    actions.add_parser("export", parents=[where], help="show all as JSON Lines").set_defaults(command=export_actors)


def _add_keys(parser: argparse.ArgumentParser) -> None:
    parser.description = "The API keys in a deployment's table."
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    table, tenant = _of_deployment()

    create = actions.add_parser("create", parents=[table, tenant], help="make a key and print it, this once")
    create.add_argument("--scope", action="append", choices=_SCOPES, help="may be given again; default: read and write")
    create.add_argument("--label", default="", help="what the key is for")
    create.set_defaults(command=create_key)
    listing = actions.add_parser("list", parents=[table, tenant], help="show a tenant's keys, without their secrets")
    listing.set_defaults(command=list_keys)
    revoke = actions.add_parser("revoke", parents=[table], help="end a key, at once and for good")
    revoke.add_argument("key", metavar="KEY", help="the key's id, or the key")
    revoke.set_defaults(command=revoke_key)


def _add_tenants(parser: argparse.ArgumentParser) -> None:
    parser.description = "What the tenants in a deployment's table may do, and deleting one with all that it has."
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    table, tenant = _of_deployment()

    show = actions.add_parser("show", parents=[table, tenant], help="show what a tenant may do and has done")
    show.set_defaults(command=show_tenant)
    change = actions.add_parser("set", parents=[table, tenant], help="decide what a tenant may do")
    for name in _LIMITS:
        change.add_argument(
            _option(name), type=_limit, metavar="N", help=f"0: no limit; {_OWN}: what the deployment says"
        )
    change.set_defaults(command=set_tenant, usage=change.error)
    delete = actions.add_parser("delete", parents=[table, tenant], help="end a tenant's keys and delete all it has")
    delete.add_argument("--yes", action="store_true", help="do it; without, only say how many items there are")
    delete.add_argument(
        "--settle", type=_seconds, metavar="SECONDS", help="how long to wait for what is under way; default: 90"
    )
    delete.set_defaults(command=delete_tenant)


def _of_deployment() -> tuple[_Parser, _Parser]:
    """The options that name a table, and those that name a tenant."""
    tenant = _Parser(add_help=False)
    tenant.add_argument("--tenant", required=True, help="lower-case letters, digits and hyphens")
    return _table(), tenant


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _limit(text: str) -> int | str:
    if text == _OWN:
        return text
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"a limit is a whole number, 0 for none, or {_OWN}")
    return int(text)


def _seconds(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise argparse.ArgumentTypeError("give a whole number of seconds")
    return int(text)


def _add_redrive(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Queue the jobs of the dead-letter queue again and count the claims that could not be counted, once what stood "
        "in their way is gone. A job that was marked as failed is done as a new job, whose id is printed. What cannot "
        "be dealt with stays where it is; the exit status is then 1."
    )
    parser.add_argument(
        "--queue-url", required=True, metavar="URL", help="where jobs wait (JobQueueUrl of the outputs)"
    )
    parser.add_argument(
        "--deliveries-url", default="", metavar="URL", help="where callbacks wait (DeliveriesUrl), to send those again"
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
    """What to call an input; bytes of a file's name that are no text are shown as escapes."""
    return "standard input" if argument == "-" else argument.encode(errors="backslashreplace").decode()


def _fail(message: str) -> int:
    _tell(message)
    return FAILED


def _tell(message: str) -> None:
    """Tell it in one line."""
    sys.stderr.write(f"secondsource: {' '.join(message.split())}\n")


if __name__ == "__main__":
    sys.exit(main())
