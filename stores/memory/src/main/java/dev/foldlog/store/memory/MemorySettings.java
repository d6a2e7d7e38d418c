package dev.foldlog.store.memory;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.StoreSettings;
import java.time.InstantSource;

/**
 * How a store in memory is run.
 *
 * @param bytesMax about so much memory may events take; an append beyond it is STORAGE_FULL
 * @param readersMax threads that a server reads with; they take turns
 */
public record MemorySettings(long bytesMax, int readersMax) implements StoreSettings {
    private static final int READERS = 4;

    public MemorySettings {
        requirePositive(bytesMax, "bytesMax");
        requirePositive(readersMax, "readersMax");
    }

    /** Events may take half of what this process may have. */
    public static MemorySettings standard() {
        return withReaders(READERS);
    }

    /** As {@link #standard}, with so many threads that read. */
    public static MemorySettings withReaders(int readersMax) {
        return new MemorySettings(Runtime.getRuntime().maxMemory() / 2, readersMax);
    }

    @Override
    public MemoryEventStore open(EventCodec codec, InstantSource clock) {
        return MemoryEventStore.open(this, codec, clock);
    }

    private static void requirePositive(long value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
