"""The flags: one module a flag, and the list of them."""

from collections.abc import Callable

from secondsource.flags import (
    anonymous_source,
    circular_reporting,
    disputed,
    motivated_source,
    remote_source,
    shared_origin,
    single_source,
    unattributed,
)
from secondsource.flags.case import Case
from secondsource.model import Flag, NotAssessable

Rule = Callable[[Case], list[Flag | NotAssessable]]

RULES: tuple[Rule, ...] = (
    single_source.assess,
    shared_origin.assess,
    circular_reporting.assess,
    anonymous_source.assess,
    motivated_source.assess,
    unattributed.assess,
    remote_source.assess,
    disputed.assess,
)


def raise_flags(case: Case) -> tuple[tuple[Flag, ...], tuple[NotAssessable, ...]]:
    """All flags of a claim as it is known now, and what could not be assessed."""
    flags: list[Flag] = []
    unknown: list[NotAssessable] = []
    for rule in RULES:
        for finding in rule(case):
            if isinstance(finding, Flag):
                flags.append(finding)
            else:
                unknown.append(finding)
    return tuple(flags), tuple(unknown)
