"""What a deployment decides, read once from the environment."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, field_validator

from secondsource.model import Limits
from secondsource.web.cors import check_origins


class Settings(BaseModel):
    """The names of what the functions work on, and who may call from a web page.

    ``endpoint_url``: where DynamoDB is, if not at AWS. ``origins``: exact origins, none by default. ``limits``: of
    tenants of whom nothing else has been decided; none by default.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: str = Field(min_length=1)
    queue_url: str = ""
    deliveries_url: str = ""
    endpoint_url: str | None = None
    origins: tuple[str, ...] = ()
    limits: Limits = Limits()

    @field_validator("origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return check_origins(value)


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings in these variables, SECONDSOURCE_TABLE and so on.

    Raises pydantic's ValidationError when one is missing or wrong: a function without them must not start.
    """
    origins = environment.get("SECONDSOURCE_ORIGINS", "").replace(",", " ").split()
    return Settings(
        table=environment.get("SECONDSOURCE_TABLE", ""),
        queue_url=environment.get("SECONDSOURCE_QUEUE_URL", ""),
        deliveries_url=environment.get("SECONDSOURCE_DELIVERIES_URL", ""),
        endpoint_url=environment.get("SECONDSOURCE_ENDPOINT_URL") or None,
        origins=tuple(origins),
        limits=Limits.model_validate(
            {
                "calls_a_minute": environment.get("SECONDSOURCE_CALLS_A_MINUTE") or None,
                "articles_a_day": environment.get("SECONDSOURCE_ARTICLES_A_DAY") or None,
                "articles_stored": environment.get("SECONDSOURCE_ARTICLES_STORED") or None,
                "retention_days": environment.get("SECONDSOURCE_RETENTION_DAYS") or None,
            }
        ),
    )
