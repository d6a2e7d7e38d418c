package dev.foldlog.store.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The contents behind the store's one lock: whoever reads or changes them is alone. Thread-safe. */
final class LockedContents {
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Contents contents = new Contents();

    @GuardedBy("lock")
    private boolean isClosed;

    /**
     * Does something with the contents, of which it must keep nothing that changes.
     *
     * @throws StoreException when the store is closed
     */
    <T> T with(Function<Contents, T> task) {
        lock.lock();
        try {
            if (isClosed) {
                throw new StoreException(ErrorCode.UNAVAILABLE, "the store is closed");
            }
            return task.apply(contents);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for whoever is in, and lets nobody in afterwards; false when it was closed already. */
    boolean close() {
        lock.lock();
        try {
            boolean wasOpen = !isClosed;
            isClosed = true;
            return wasOpen;
        } finally {
            lock.unlock();
        }
    }
}
