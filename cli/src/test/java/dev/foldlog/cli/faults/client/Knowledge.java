package dev.foldlog.cli.faults.client;

import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.AppendedEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the callers know of the log from the answers they got. Thread-safe. */
final class Knowledge {
    private final Map<String, Long> sequences = new ConcurrentHashMap<>();
    private final AtomicLong position = new AtomicLong();

    void learn(AppendResponse response) {
        for (AppendedEvent event : response.getEventsList()) {
            sequences.merge(event.getPartitionKey(), event.getSequence(), Math::max);
        }
        position.accumulateAndGet(response.getPosition(), Math::max);
    }

    long sequence(String partitionKey) {
        return sequences.getOrDefault(partitionKey, 0L);
    }

    long position() {
        return position.get();
    }
}
