package dev.foldlog.cli.client;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Request ids: UUIDv7, ordered by time, so that ids derived from them stand close together in an index. */
final class RequestIds {
    private RequestIds() {}

    static UUID next(InstantSource clock, RandomGenerator random) {
        long millis = clock.millis();
        long high = millis << 16 | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
        return new UUID(high, low);
    }
}
