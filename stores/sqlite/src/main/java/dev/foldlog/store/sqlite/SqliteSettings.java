package dev.foldlog.store.sqlite;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a SQLite store is run.
 *
 * @param folder the data folder; made when it does not exist
 * @param durability {@link Durability#DISK} (synchronous=FULL: an answered append survives a power cut) or
 *     {@link Durability#PROCESS} (synchronous=NORMAL: it survives a killed process only)
 * @param queueAppendsMax appends that may wait for the writer
 * @param queueBytesMax bytes of appends, conditions included, that may wait for the writer
 * @param readersMax reading connections, and so reads at the same time
 * @param closeTimeout how long closing the store waits for the writer, which finishes the appends in the queue
 */
public record SqliteSettings(
        Path folder,
        Durability durability,
        int queueAppendsMax,
        long queueBytesMax,
        int readersMax,
        Duration closeTimeout)
        implements StoreSettings {
    /** How long closing waits where nothing else is asked for. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    public SqliteSettings {
        requireNonNull(folder, "folder");
        requireNonNull(closeTimeout, "closeTimeout");
        if (durability != Durability.DISK && durability != Durability.PROCESS) {
            throw new IllegalArgumentException("durability: " + durability + " (expected: DISK or PROCESS)");
        }
        requirePositive(queueAppendsMax, "queueAppendsMax");
        requirePositive(queueBytesMax, "queueBytesMax");
        requirePositive(readersMax, "readersMax");
        if (!closeTimeout.isPositive()) {
            throw new IllegalArgumentException("closeTimeout: " + closeTimeout + " (expected: > 0)");
        }
    }

    /** The settings of a server that was told nothing but its folder. */
    public static SqliteSettings of(Path folder) {
        return new SqliteSettings(folder, Durability.DISK, 10_000, 64L << 20, 4, CLOSE_TIMEOUT);
    }

    @Override
    public SqliteEventStore open(EventCodec codec, InstantSource clock) {
        return SqliteEventStore.open(this, codec, clock);
    }

    private static void requirePositive(long value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
