from secondsource.services import compare
from secondsource.web import messages


def test_as_many_articles_may_be_sent_as_are_compared() -> None:
    assert (messages.MIN_COMPARED, messages.MAX_COMPARED) == (compare.MIN_ARTICLES, compare.MAX_ARTICLES)


def test_a_submission_keeps_all_that_was_sent() -> None:
    sent = {"text": "A.", "url": "https://courier.test/", "title": "B", "publisher": "C", "byline": "D"}

    submission = messages.SubmissionIn.model_validate(
        {**sent, "published_at": "2026-05-04T11:00:00+02:00"}
    ).submission()

    assert submission.model_dump(exclude={"published_at", "html"}) == sent
    assert submission.published_at is not None
    assert submission.published_at.isoformat() == "2026-05-04T09:00:00+00:00"
