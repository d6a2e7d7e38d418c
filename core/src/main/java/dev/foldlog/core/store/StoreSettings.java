package dev.foldlog.core.store;

import dev.foldlog.core.event.EventCodec;
import java.time.InstantSource;

/**
 * Which store, how it is run, and how it is opened: what a server is given to serve. Each store has its own;
 * whoever makes one has chosen the store. Immutable.
 */
public interface StoreSettings {
    /** Reads that the store can do at the same time. */
    int readersMax();

    /**
     * Opens the store, which its caller closes.
     *
     * @throws StoreException when it cannot be opened
     */
    EventStore open(EventCodec codec, InstantSource clock);
}
