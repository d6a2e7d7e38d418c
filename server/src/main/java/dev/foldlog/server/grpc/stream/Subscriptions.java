package dev.foldlog.server.grpc.stream;

import dev.foldlog.core.store.EventStore;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.v1.ErrorReason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open subscriptions: wakes them after commits, limits their number, and ends them when the server
 * stops. Thread-safe. A commit costs the writer one hand-over to the read lane, however many subscribers
 * there are; many commits in a row are one wake-up.
 */
final class Subscriptions implements AutoCloseable {
    private final EventStore store;
    private final int openMax;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private final Pulse wakeUps;
    private final EventStore.Registration registration;
    private volatile boolean isStopping;

    Subscriptions(EventStore store, ReadLane lane, int openMax) {
        this.store = store;
        this.openMax = openMax;
        this.wakeUps = new Pulse(lane, this::wakeAll);
        this.registration = store.onChange(wakeUps::signal);
    }

    /** How many are open. */
    int count() {
        return open.size();
    }

    boolean isStopping() {
        return isStopping;
    }

    /** Lets a subscription in, from here on it is woken. To be called before it first looks at the store. */
    void add(Subscription subscription) {
        synchronized (open) {
            if (open.size() >= openMax) {
                throw ApiException.of(
                        ErrorReason.ERROR_REASON_OVERLOADED,
                        "subscriptions: " + openMax + " are open, as many as this server takes",
                        "limit",
                        "max_subscriptions",
                        "max",
                        openMax);
            }
            open.add(subscription);
        }
    }

    void remove(Subscription subscription) {
        open.remove(subscription);
    }

    private void wakeAll() {
        boolean isEnding = isStopping || !store.isServing();
        for (Subscription subscription : open) {
            if (isEnding || subscription.isReady()) {
                subscription.wake();
            }
        }
    }

    /** Ends every subscription, present and to come, with NOT_READY. Does not wait. */
    @Override
    public void close() {
        isStopping = true;
        registration.close();
        wakeUps.signal();
    }
}
