"""``ports.JobStore`` on DynamoDB.

Jobs have a time to live. DynamoDB clears them late; one whose time is over is gone all the same.
"""

from secondsource.aws import keys
from secondsource.aws.codec import pack, unpack
from secondsource.aws.documents import Attributes, Change, Documents, Head, lifetime
from secondsource.aws.events import items_of
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.room import Room
from secondsource.errors import Unavailable
from secondsource.model import Event, Job, JobStatus
from secondsource.stored import is_id, may_follow, may_write

_STATE = ("status", "article_id")


class DynamoJobs(Room):
    """Jobs, each one document."""

    def add_job(self, tenant: str, job: Job) -> bool:
        """As ``ports.JobStore``."""
        return self._documents.add(keys.job(tenant, job.id), pack(job), _attributes(tenant, job))

    def get_job(self, tenant: str, job_id: str) -> Job | None:
        """As ``ports.JobStore``."""
        if not is_id(tenant, job_id):
            return None
        document = self._documents.read(keys.job(tenant, job_id))
        return None if document is None else unpack(Job, document.content)

    def update_job(self, tenant: str, job: Job, event: Event | None = None) -> bool:
        """As ``ports.JobStore``; False also when there is no such job (any more)."""
        if not is_id(tenant, job.id):
            return False
        key = keys.job(tenant, job.id)
        for _ in self._table.attempts():
            head = self._documents.head(key, _STATE)
            if head is None or not may_follow(*_state(head), job):
                return False
            try:
                self._documents.replace(head, pack(job), _attributes(tenant, job), items_of(tenant, event))
            except ConditionNotMet:
                continue
            return True
        raise Unavailable  # pragma: no cover - attempts() raises when spent


def writing(documents: Documents, tenant: str, job: Job) -> Change | None:
    """What notes with the stored job that it has written its article, in the transaction that does; None where it must
    not: see ``stored.may_write``."""
    head = documents.head(keys.job(tenant, job.id), _STATE)
    if head is None or not may_write(*_state(head), job):
        return None
    return documents.change(head, pack(job), _attributes(tenant, job))


def _state(head: Head) -> tuple[JobStatus, str | None]:
    """The stored job's status, and the article that it has written."""
    return JobStatus(head.item["status"]), head.item.get("article_id")


def _attributes(tenant: str, job: Job) -> Attributes:
    return {
        "type": "job",
        "tenant": tenant,
        "job_id": job.id,
        "status": job.status.value,
        "article_id": job.article_id,
        **lifetime(job.expires_at),
    }
