"""When a call is made again: the rules, without a clock or a thread of their own."""

from __future__ import annotations

import enum
import random
import time

from google.protobuf.message import Message

from foldlog._options import ClientOptions, RetryPolicy
from foldlog.errors import FoldlogError, unknown_outcome


class Repeat(enum.Enum):
    """What a call does, and so when it may be made again by itself."""

    READ = "it only reads: again whenever the failure may pass"
    WRITE_WITH_IDS = "ids make a second time the same as the first: again whenever it may pass"
    WRITE_ONCE = "again only when it is certain that it took no effect"


class Backoff:
    """Growing pauses with full jitter, in seconds. Confined to one thread."""

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy
        self._bound = policy.first_pause_max

    def next(self) -> float:
        """The next pause."""
        drawn = random.uniform(0, self._bound)
        self._bound = min(self._bound * 2, self._policy.pause_max)
        return drawn

    def after(self, failure: FoldlogError) -> float:
        """The pause after a failure: what the server asks for, and a random part."""
        asked = failure.retry_delay
        return (asked.total_seconds() if asked else 0.0) + self.next()

    def reset(self) -> None:
        """Starts anew with short pauses."""
        self._bound = self._policy.first_pause_max


class Attempts:
    """The tries of one call. Confined to one thread."""

    def __init__(self, options: ClientOptions, repeat: Repeat, request: Message) -> None:
        self._options = options
        self._repeat = repeat
        self._request = request
        self._backoff = Backoff(options.retry)
        self._end = time.monotonic() + options.deadline
        self._tries = 0
        self._is_in_doubt = False

    def begin(self) -> float:
        """Begins a try: the seconds that it may take."""
        self._tries += 1
        return max(0.0, min(self._left(), self._options.try_deadline))

    def failed(self, failure: FoldlogError) -> float:
        """The pause before the next try; raises what is to be told when there is none."""
        if self._repeat is not Repeat.READ and not failure.is_without_effect:
            self._is_in_doubt = True
        pause = self._backoff.after(failure)
        if not self._may_repeat(failure) or pause >= self._left():
            raise self._told(failure) from failure.__cause__
        return pause

    def _left(self) -> float:
        return self._end - time.monotonic()

    def _may_repeat(self, failure: FoldlogError) -> bool:
        return (
            failure.is_transient
            and self._tries < self._options.retry.tries_max
            and (self._repeat is not Repeat.WRITE_ONCE or failure.is_without_effect)
        )

    def _told(self, failure: FoldlogError) -> FoldlogError:
        # A definite answer of the server ends a doubt: ids are looked up first, so a try that had
        # been stored would have been answered.
        is_end = failure.is_without_effect and not failure.is_transient
        if self._is_in_doubt and not is_end:
            return unknown_outcome(failure, self._request)
        return failure
