package dev.foldlog.projections;

import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/** Those who wait for a projection to get somewhere. Bounded. Thread-safe. */
final class Waiters {
    static final int WAITING_MAX = 2_000;

    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
    private final Function<String, Optional<ProjectionStatus>> statuses;
    private final Executor threads;
    private final Delays delays;

    Waiters(Function<String, Optional<ProjectionStatus>> statuses, Executor threads, Delays delays) {
        this.statuses = statuses;
        this.threads = threads;
        this.delays = delays;
    }

    /**
     * The status once it is as wanted, or when the time is over, or at once when it does not move; blocks on the store
     * for a look. Fails when the projection is gone. Cancelling ends the waiting.
     */
    CompletableFuture<ProjectionStatus> when(String name, Predicate<ProjectionStatus> isWanted, Duration timeout) {
        Waiter waiter = new Waiter(name, isWanted);
        if (waiting.size() >= WAITING_MAX) {
            throw new StoreException(ErrorCode.OVERLOADED, "waiting: " + WAITING_MAX);
        }
        waiting.add(waiter);
        Delays.Delay end = delays.after(timeout, () -> threads.execute(waiter::end));
        var _ = waiter.future.whenComplete((_, _) -> {
            waiting.remove(waiter);
            end.callOff();
        });
        waiter.look();
        return waiter.future;
    }

    /** The projection may have got somewhere. Blocks on the store if somebody waits for it. */
    void look(String name) {
        waiting.stream().filter(it -> it.name.equals(name)).forEach(Waiter::look);
    }

    static RefusedException unknown(String name) {
        return new RefusedException(
                RefusedException.Reason.UNKNOWN, "name: " + name + " (expected: a projection that exists)");
    }

    private final class Waiter {
        private final String name;
        private final Predicate<ProjectionStatus> isWanted;
        private final CompletableFuture<ProjectionStatus> future = new CompletableFuture<>();

        Waiter(String name, Predicate<ProjectionStatus> isWanted) {
            this.name = name;
            this.isWanted = isWanted;
        }

        void look() {
            look(status -> isWanted.test(status) || !status.isMoving());
        }

        /** The time is over. */
        void end() {
            look(_ -> true);
        }

        private void look(Predicate<ProjectionStatus> isEnough) {
            try {
                Optional<ProjectionStatus> status = statuses.apply(name);
                if (status.isEmpty()) {
                    future.completeExceptionally(unknown(name));
                } else if (isEnough.test(status.get())) {
                    future.complete(status.get());
                }
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        }
    }
}
