"""Driving one run under its lease: renewed while the work lasts, given back however it ends."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Coroutine
from typing import Any, Final

from alex_agent_models import ModelPrice
from alex_edge import UpstreamUnavailable

from alex_runs.driver import Driver
from alex_runs.errors import Interrupted, LeaseLost, NewerState
from alex_runs.failures import MAX_ATTEMPTS, is_worth_another_try, retry_in_seconds
from alex_runs.job import AgentJob
from alex_runs.rows import Run
from alex_runs.store import RunStore
from alex_runs.window import Window

NEWER_STATE_PAUSE_SECONDS: Final = 5.0
"""How long a run that a newer instance wrote is left for such an instance, during a deployment."""

_log = logging.getLogger(__name__)


class LeasedRun:
    """A run whose lease `holder` has just taken."""

    def __init__(self, store: RunStore, run: Run, holder: str) -> None:
        self._store = store
        self._run = run
        self._holder = holder

    async def drive(self, job: AgentJob, price: ModelPrice | None, window: Window) -> None:
        """Advance the run step by step while `window` allows; a failure becomes a pause or the run's stored reason."""
        driver = Driver(self._store, job, self._run, self._holder, price)
        retry_in, failed = 0.0, False
        try:
            await self._while_leased(driver.run_within(window))
        except (Interrupted, LeaseLost) as exc:
            _log.info("run %s: %s", self._run.id, exc)
        except NewerState as exc:
            _log.warning("run %s waits for another instance: %s", self._run.id, exc)
            retry_in = NEWER_STATE_PAUSE_SECONDS
        except Exception as exc:  # noqa: BLE001  the edge of a run: whatever happened becomes its stored reason
            failed = True
            retry_in = await self._pause_or_fail(driver, exc)
        finally:
            left = driver.left(failed=failed, retry_in_seconds=retry_in)
            await self._store.release(self._run.id, self._holder, left)

    async def _pause_or_fail(self, driver: Driver, failure: Exception) -> float:
        """Return how long to wait before another try, or end the run."""
        attempt = driver.failures + 1
        if is_worth_another_try(failure) and attempt < MAX_ATTEMPTS:
            pause = retry_in_seconds(attempt)
            _log.warning("run %s: attempt %d failed (%s), again in %.1f s", self._run.id, attempt, failure, pause)
            return pause
        _log.error("run %s failed", self._run.id, exc_info=failure)
        with contextlib.suppress(LeaseLost):
            await driver.fail(failure)
        return 0.0

    async def _while_leased(self, work: Coroutine[Any, Any, None]) -> None:
        """Await `work` and renew the lease meanwhile; when it is lost, stop the work.

        Raises:
            LeaseLost: somebody else may drive the run by now, so nothing more must be done for it.
        """
        working = asyncio.create_task(work)
        renewing = asyncio.create_task(self._renew())
        try:
            await asyncio.wait([working, renewing], return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                raise LeaseLost(self._run.id)
            await working
        finally:
            working.cancel()
            renewing.cancel()
            await asyncio.gather(working, renewing, return_exceptions=True)

    async def _renew(self) -> None:
        """Renew the lease until it is lost, also because the database did not answer for as long as it lasts."""
        lease_seconds = self._store.lease_seconds
        held_until = time.monotonic() + lease_seconds
        while time.monotonic() < held_until:
            await asyncio.sleep(lease_seconds / 3)
            begun = time.monotonic()
            try:
                async with asyncio.timeout(max(0.0, held_until - begun)):
                    renewed = await self._store.renew(self._run.id, self._holder)
            except (TimeoutError, UpstreamUnavailable):
                continue
            if not renewed:
                return
            held_until = begun + lease_seconds
