from secondsource.web.logs import MAX_FRAMES, describe


def test_of_an_exception_only_types_and_places_are_told() -> None:
    try:
        try:
            raise KeyError("secret")
        except KeyError as error:
            raise ValueError("secret") from error
    except ValueError as error:
        found = describe(error)

    assert found["error"] == ["builtins.ValueError", "builtins.KeyError"]
    assert found["frames"][0].endswith("test_of_an_exception_only_types_and_places_are_told")
    assert "secret" not in str(found)


def test_a_deep_failure_is_told_from_its_end() -> None:
    def dive(depth: int) -> None:
        if depth == 0:
            raise RuntimeError
        dive(depth - 1)

    try:
        dive(MAX_FRAMES * 2)
    except RuntimeError as error:
        found = describe(error)

    assert len(found["frames"]) == MAX_FRAMES
    assert all(frame.endswith(" dive") for frame in found["frames"])
