package dev.foldlog.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A unit's own events must be found by a filter exactly when the server will find them. */
final class EventMatchingTest {
    private static final int EVENTS = 300;
    private static final int FILTERS = 400;
    private static final Instant OLD = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void means_what_the_server_means() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ServedStore store = ServedStore.inProcess()) {
            Foldlog client = store.client();
            List<NewEvent> proposed = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                proposed.add(event(random));
            }
            client.append(proposed);
            List<RecordedEvent> all = client.readAll(Events.everything()).toList();

            int matched = 0;
            for (int i = 0; i < FILTERS; i++) {
                EventFilter filter = filter(random, true);
                List<RecordedEvent> here = all.stream()
                        .filter(it -> EventMatching.matches(filter, it))
                        .toList();
                assertThat(here)
                        .as("seed %s, filter %s", seed, filter)
                        .isEqualTo(client.readAll(filter).toList());
                matched += here.size();
            }
            assertThat(matched).as("matches in all, seed %s", seed).isPositive();
        }
    }

    private static NewEvent event(Random random) {
        NewEvent.Builder event = NewEvent.newBuilder()
                .setAction(one(random, "approve", "reject", "edit"))
                .setProducer(one(random, "ana", "ben"))
                .setArtifactType(one(random, "answer", "image"))
                .setArtifactId(one(random, "a", "b", "c"))
                .setThreadId(one(random, "", "t1", "t2"))
                .setPartitionKey(one(random, "", "", "p1", "p2"))
                .setTimestamp(WireTimes.timestamp(OLD.plusNanos(random.nextInt(20))));
        for (String tag : List.of("x", "y", "z")) {
            if (random.nextInt(3) == 0) {
                event.addTags(tag);
            }
        }
        return event.build();
    }

    private static EventFilter filter(Random random, boolean mayHaveAlternatives) {
        EventFilter.Builder filter = EventFilter.newBuilder();
        int fields = random.nextInt(4);
        for (int i = 0; i < fields; i++) {
            restrict(filter, random);
        }
        if (mayHaveAlternatives && random.nextInt(3) == 0) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                filter.addAnyOf(filter(random, false));
            }
        }
        return filter.build();
    }

    private static void restrict(EventFilter.Builder filter, Random random) {
        switch (random.nextInt(9)) {
            case 0 -> filter.addPartitionKeys(one(random, "a", "b", "c", "p1", "p2"));
            case 1 -> filter.addActions(one(random, "approve", "reject", "edit", "other"));
            case 2 -> filter.addArtifactTypes(one(random, "answer", "image"));
            case 3 -> filter.addArtifactIds(one(random, "a", "b", "c"));
            case 4 -> filter.addThreadIds(one(random, "t1", "t2"));
            case 5 -> filter.addProducers(one(random, "ana", "ben"));
            case 6 -> filter.setSince(WireTimes.timestamp(OLD.plusNanos(random.nextInt(20))));
            case 7 -> filter.setUntil(WireTimes.timestamp(OLD.plusNanos(random.nextInt(20))));
            default -> filter.addTags(one(random, "x", "y", "z"));
        }
    }

    private static String one(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }
}
