package dev.foldlog.server.grpc.service;

import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.util.concurrent.atomic.AtomicLong;

/** Lets requests through up to so many bytes at a time; a larger one goes alone. Thread-safe. */
final class ByteGate {
    private final long bytesMax;
    private final AtomicLong inside = new AtomicLong();

    ByteGate(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /**
     * Lets so many bytes in, which have to leave once.
     *
     * @throws StoreException OVERLOADED when there is no room
     */
    void enter(long bytes) {
        long before = inside.getAndUpdate(now -> isRoom(now, bytes) ? now + bytes : now);
        if (!isRoom(before, bytes)) {
            throw new StoreException(ErrorCode.OVERLOADED, "bytes of large appends being checked: " + before);
        }
    }

    void leave(long bytes) {
        inside.addAndGet(-bytes);
    }

    private boolean isRoom(long now, long bytes) {
        return now == 0 || now + bytes <= bytesMax;
    }
}
