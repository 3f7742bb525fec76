"""template.yaml, read as CloudFormation reads it."""

from pathlib import Path
from typing import Any

import yaml

TEMPLATE = Path(__file__).resolve().parents[2] / "template.yaml"


def read() -> dict[str, Any]:
    """The template as it stands in the file."""
    found: dict[str, Any] = yaml.load(TEMPLATE.read_text(), _Loader)
    return found


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms: ``!Ref x`` becomes {"Ref": "x"}, ``!GetAtt a.b`` {"Fn::GetAtt": ["a", "b"]}."""


def _short_form(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]
    if suffix == "GetAtt":
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _short_form)
