"""What a tenant may do: calls a minute, articles a day and in store, and how long they are kept."""

from datetime import UTC, datetime, timedelta
from typing import Final

from secondsource.errors import DailyQuotaSpent, StorageQuotaSpent, TooManyRequests
from secondsource.model import Limits
from secondsource.ports import Clock, LimitStore

KNOWN_FOR: Final = timedelta(minutes=1)
"""How long a process goes on with the limits that it has read: the longest that a change takes to be in force."""

MOST_KNOWN: Final = 1_000
"""Tenants whose limits a process keeps; beyond that it begins anew."""

CALLS: Final = "calls"
TODAY: Final = "annotated"
STORED: Final = "stored"
"""The counters."""

KEPT: Final = "kept"
"""The window of articles that do not expire; it sorts after every date."""

_NONE: Final = Limits(calls_a_minute=0, articles_a_day=0, articles_stored=0, retention_days=0)


class Limiter:
    """Counts what tenants do, and refuses what is too much.

    Parameters
    ----------
    store
        Where the tenants' limits and the counters are.
    clock
        Minutes and days are those of UTC.
    defaults
        For tenants of whom nothing else has been decided. What they leave open has no limit.
    """

    def __init__(self, store: LimitStore, clock: Clock, defaults: Limits = _NONE) -> None:
        self._store, self._clock = store, clock
        self._defaults = filled(defaults, _NONE)
        self._known: dict[str, tuple[datetime, Limits]] = {}

    def of(self, tenant: str) -> Limits:
        """The tenant's limits, none of them None; read anew when they were read KNOWN_FOR ago."""
        now = self._clock.now()
        known = self._known.get(tenant)
        if known is None or now - known[0] >= KNOWN_FOR:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            known = self._known[tenant] = (now, filled(self._store.get_limits(tenant), self._defaults))
        return known[1]

    def admit(self, tenant: str) -> None:
        """Count one call. Raises TooManyRequests when the tenant has made all that it may in this minute."""
        most = self.of(tenant).calls_a_minute
        if not most:
            return
        now = self._clock.now().astimezone(UTC)
        minute = now.replace(second=0, microsecond=0)
        end = minute + timedelta(minutes=1)
        if not self._store.count_up(tenant, CALLS, f"{minute:%Y-%m-%dT%H:%M}", most, end):
            wait = max(1, -(-(end - now) // timedelta(seconds=1)))
            raise TooManyRequests(f"At most {most:,} calls a minute. Try again in {wait} s.", retry_after=wait)

    def check(self, tenant: str) -> None:
        """Raise what ``begin`` would raise now, and count nothing."""
        limits, today, end = self.of(tenant), self._today(), self._tomorrow()
        if limits.articles_a_day and self._store.counted(tenant, TODAY, _before(today)) >= limits.articles_a_day:
            raise self._spent(limits.articles_a_day, end)
        self._check_storage(tenant, limits.articles_stored)

    def begin(self, tenant: str, adds: bool = True) -> str:
        """Count an article that is about to be annotated today; answers the day, for ``give_back``.

        ``adds``: False where it takes the place of one that is stored, so that no room is needed.

        Raises DailyQuotaSpent or StorageQuotaSpent. Of many at once, storage may take in a few too many: that many
        as are annotated at the same moment.
        """
        limits, today, end = self.of(tenant), self._today(), self._tomorrow()
        if adds:
            self._check_storage(tenant, limits.articles_stored)
        kept_until = end + timedelta(days=1)
        if not self._store.count_up(tenant, TODAY, today, limits.articles_a_day or 0, kept_until):
            raise self._spent(limits.articles_a_day or 0, end)
        return today

    def give_back(self, tenant: str, day: str) -> None:
        """Take back what ``begin`` counted, for an article that came to nothing."""
        self._store.count_down(tenant, TODAY, day)

    def stored(self, tenant: str, expires_at: datetime | None) -> None:
        """Count an article that has been stored; it counts for as long as it is kept, and to the end of that day."""
        until = None if expires_at is None else expires_at + timedelta(days=2)
        self._store.count_up(tenant, STORED, _window(expires_at), until=until)

    def deleted(self, tenant: str, expires_at: datetime | None) -> None:
        """Count one less."""
        self._store.count_down(tenant, STORED, _window(expires_at))

    def expiry(self, tenant: str, added_at: datetime) -> datetime | None:
        """When an article that is added at this moment is to go; None for never."""
        days = self.of(tenant).retention_days
        return added_at + timedelta(days=days) if days else None

    def usage(self, tenant: str) -> dict[str, int]:
        """Articles annotated today, and articles stored."""
        yesterday = _before(self._today())
        return {name: self._store.counted(tenant, name, yesterday) for name in (TODAY, STORED)}

    def _check_storage(self, tenant: str, most: int | None) -> None:
        if most and self._store.counted(tenant, STORED, _before(self._today())) >= most:
            raise StorageQuotaSpent(f"At most {most:,} articles are stored. Delete some.")

    def _spent(self, most: int, end: datetime) -> DailyQuotaSpent:
        wait = max(1, -(-(end - self._clock.now()) // timedelta(seconds=1)))
        return DailyQuotaSpent(f"At most {most:,} articles a day (UTC).", retry_after=wait)

    def _today(self) -> str:
        return self._clock.now().astimezone(UTC).date().isoformat()

    def _tomorrow(self) -> datetime:
        today = self._clock.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return today + timedelta(days=1)


def filled(limits: Limits, defaults: Limits) -> Limits:
    """The limits, with those of ``defaults`` for what is None."""
    own = {name: value for name, value in limits.model_dump().items() if value is not None}
    return defaults.model_copy(update=own)


def _window(expires_at: datetime | None) -> str:
    return KEPT if expires_at is None else expires_at.astimezone(UTC).date().isoformat()


def _before(day: str) -> str:
    """What sorts right before this day's window."""
    return (datetime.fromisoformat(day) - timedelta(days=1)).date().isoformat()
