package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.store.EventStore.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The head and whether the store serves, with those who want to hear of changes. Thread-safe. */
final class StoreState implements Writer.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(StoreState.class);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Position head;
    private volatile boolean isServing = true;

    StoreState(Position head) {
        this.head = head;
    }

    Position head() {
        return head;
    }

    boolean isServing() {
        return isServing;
    }

    Registration onChange(Runnable listener) {
        Runnable registered = () -> listener.run(); // its own identity, so that one may register twice
        listeners.add(registered);
        return () -> listeners.remove(registered);
    }

    @Override
    public void committed(Position newHead) {
        if (newHead.isAfter(head)) {
            head = newHead;
            tell();
        }
    }

    @Override
    public void failed() {
        stop();
    }

    /** The store serves no more. */
    void stop() {
        if (isServing) {
            isServing = false;
            tell();
        }
    }

    private void tell() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("a listener to the store failed", e);
            }
        }
    }
}
