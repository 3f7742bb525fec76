import pytest
from pydantic import ValidationError

from secondsource.model import Limits
from secondsource.settings import from_environment


def test_the_environment_is_read_once_into_settings() -> None:
    settings = from_environment(
        {
            "SECONDSOURCE_TABLE": "t",
            "SECONDSOURCE_QUEUE_URL": "https://sqs.test/q",
            "SECONDSOURCE_ORIGINS": "https://newsroom.test chrome-extension://abc, https://other.test ",
            "SECONDSOURCE_ENDPOINT_URL": "",
            "OTHER": "x",
        }
    )

    assert settings.table == "t"
    assert settings.queue_url == "https://sqs.test/q"
    assert settings.origins == ("https://newsroom.test", "chrome-extension://abc", "https://other.test")
    assert settings.endpoint_url is None


def test_limits_are_numbers_and_those_left_out_are_left_open() -> None:
    named = {
        "SECONDSOURCE_CALLS_A_MINUTE": "600",
        "SECONDSOURCE_RETENTION_DAYS": "0",
        "SECONDSOURCE_ARTICLES_A_DAY": "",
    }

    settings = from_environment({"SECONDSOURCE_TABLE": "t", **named})

    assert settings.limits == Limits(calls_a_minute=600, retention_days=0)


@pytest.mark.parametrize("value", ["-1", "many", "1.5", "99999999999999999999"])
def test_a_limit_that_is_none_stops_the_start(value: str) -> None:
    with pytest.raises(ValidationError):
        from_environment({"SECONDSOURCE_TABLE": "t", "SECONDSOURCE_RETENTION_DAYS": value})


def test_without_a_table_nothing_starts() -> None:
    with pytest.raises(ValidationError, match="table"):
        from_environment({})


@pytest.mark.parametrize("origins", ["*", "null", "https://newsroom.test/path"])
def test_an_origin_that_is_none_stops_the_start(origins: str) -> None:
    with pytest.raises(ValidationError, match="Not an origin"):
        from_environment({"SECONDSOURCE_TABLE": "t", "SECONDSOURCE_ORIGINS": origins})
