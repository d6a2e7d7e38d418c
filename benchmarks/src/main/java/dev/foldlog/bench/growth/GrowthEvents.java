package dev.foldlog.bench.growth;

import dev.foldlog.bench.load.Draw;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.load.StoreEvents;
import dev.foldlog.core.append.Append;
import dev.foldlog.core.event.NewEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The events that a store is filled with, the same for the same seed but for the time in their ids: a quarter goes
 * to ten long partitions in turn, the rest to a million at random, each tenth has a common tag, and one of ten
 * thousand has the rare action and the rare tag. By the producer's clock they are 100 ms apart. Confined to one
 * filling.
 */
final class GrowthEvents {
    static final String RARE_TAG = "topic:rare";
    static final int RARE_ONE_OF = 10_000;
    static final int LONG_PARTITIONS = 10;

    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
    private static final Duration APART = Duration.ofMillis(100);
    private static final int LONG_ONE_OF = 4;
    private static final int LONG_STEP = LONG_ONE_OF * LONG_PARTITIONS;
    private static final int PARTITIONS = 1_000_000;
    private static final int TAGGED_ONE_OF = 10;

    private final StoreEvents source;
    private final Draw draw;
    private final SplittableRandom random;
    private long next;

    GrowthEvents(long seed) {
        Shape shape = Shape.STANDARD.withPartitions(PARTITIONS).withSeed(seed);
        this.source = new StoreEvents(shape);
        this.draw = new Draw(shape, 0, System::currentTimeMillis);
        this.random = new SplittableRandom(seed);
    }

    /** How many there were. */
    long count() {
        return next;
    }

    Append append(int events) {
        List<NewEvent> all = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            all.add(event(next++));
        }
        return StoreEvents.append(all);
    }

    private NewEvent event(long number) {
        boolean isRare = number % RARE_ONE_OF == RARE_ONE_OF / 2 + 1;
        List<String> tags =
                isRare ? List.of(RARE_TAG) : number % TAGGED_ONE_OF == 1 ? List.of("topic:common") : List.of();
        StoreEvents.Place place = new StoreEvents.Place(partition(number), time(number), tags);
        return isRare ? source.rare(draw, place) : source.event(draw, place);
    }

    private String partition(long number) {
        return number % LONG_ONE_OF == 0
                ? longPartition((int) (number / LONG_ONE_OF % LONG_PARTITIONS))
                : "answer-" + random.nextInt(PARTITIONS);
    }

    static String longPartition(int index) {
        return "answer-long-" + index;
    }

    /** The time since which the first of the long partitions has so many events, or all that it has. */
    Instant since(int events) {
        long last = (next - 1) / LONG_STEP * LONG_STEP;
        return time(Math.max(0, last - (events - 1L) * LONG_STEP));
    }

    private static Instant time(long number) {
        return FIRST.plus(APART.multipliedBy(number));
    }
}
