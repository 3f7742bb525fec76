"""The version of this package, which tells the API who calls."""

from typing import Final

VERSION: Final = "0.1.0"
