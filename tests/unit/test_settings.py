import pytest
from pydantic import ValidationError

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


def test_without_a_table_nothing_starts() -> None:
    with pytest.raises(ValidationError, match="table"):
        from_environment({})


@pytest.mark.parametrize("origins", ["*", "null", "https://newsroom.test/path"])
def test_an_origin_that_is_none_stops_the_start(origins: str) -> None:
    with pytest.raises(ValidationError, match="Not an origin"):
        from_environment({"SECONDSOURCE_TABLE": "t", "SECONDSOURCE_ORIGINS": origins})
