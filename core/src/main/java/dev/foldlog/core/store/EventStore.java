package dev.foldlog.core.store;

import dev.foldlog.core.projection.ProjectionStore;
import java.util.UUID;

/** A whole store. Thread-safe. */
public interface EventStore extends EventAppender, EventReader, CheckpointStore, AutoCloseable {
    /** What keeps the events, in one word for people: sqlite, memory. */
    String kind();

    /** Made when the store was made, and anew when a backup is restored. */
    UUID storeId();

    Durability durability();

    /** What it keeps of projections. */
    ProjectionStore projections();

    /** Whether it can append and read; false for ever after a failure that only a restart mends. */
    boolean isServing();

    /**
     * Calls the listener after each commit that moved the head, and once when the store stops serving;
     * from the thread that committed, so it must be short and must not throw. Closing the result ends that.
     */
    Registration onChange(Runnable listener);

    /**
     * Refuses new appends and those whose conditions are still being looked at, finishes those that wait,
     * closes what it holds. Safe to repeat. Waits for the writer, at most as long as the store was configured
     * to; when it is late, the store serves no more, and throws.
     *
     * @throws StoreException when the writer is late
     */
    @Override
    void close();

    /** An interest that can be withdrawn. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
