package dev.foldlog.cli.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses between tries, each drawn at random so that clients do not come back all at once. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next pause: not shorter than what the server asked for. */
    Duration pause(Duration atLeast) {
        Duration drawn = next.dividedBy(2).plusMillis(random.nextLong(next.toMillis() / 2 + 1));
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return drawn.compareTo(atLeast) < 0 ? atLeast : drawn;
    }

    void reset() {
        next = FIRST;
    }
}
