package dev.foldlog.server.grpc.stream;

import java.util.concurrent.Executor;

/**
 * The threads on which streams read the store. New calls are turned away while it is full; the next page
 * of a call that was let in is always taken, so its queue holds at most one task for each open stream
 * above its limit. Thread-safe.
 */
public interface ReadLane extends Executor {
    /** Whether new calls are to be turned away. */
    boolean isFull();
}
