package dev.foldlog.server.grpc.stream;

import dev.foldlog.core.read.EventPage;
import dev.foldlog.server.grpc.stream.PendingPage.Cut;
import dev.foldlog.server.grpc.stream.ReadPlan.Opened;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A finite read on its way to a client: pulled, a page at a time. Each step runs on the read lane, sends
 * at most one message, and does nothing while the client is not ready; so a client that stops reading
 * keeps one page here, at most {@code batchBytesMax} (or one larger event), beside what the transport
 * holds, which is that much again and 32 KiB; and all streams together keep what the delivery budget
 * allows. Nothing of the store is held between two steps. Confined to its steps, but for {@link #start}.
 *
 * <pre>
 *   start -> [open] -> page -> message ... -> page that is last -> taken -> completed
 *   anywhere: cancelled, or failed with the error as the end of the stream
 * </pre>
 */
final class PageStream {
    private final Supplier<ReadPlan> planning;
    private final Outlet outlet;
    private final StreamEnvironment environment;
    private final Runnable onEnd;
    private final Pulse pulse;
    private @Nullable ReadPlan planned;
    private @Nullable Opened opened;
    private @Nullable PendingPage pending;
    private boolean isPageLast;
    private boolean isStarted;
    private boolean isDone;
    private boolean isEnded;
    private long remaining;
    private long filterErrors;
    private long toldFilterErrors;

    /**
     * A stream whose plan is asked for in its first step.
     *
     * @param onEnd called once, when nothing more comes
     */
    PageStream(Supplier<ReadPlan> planning, Outlet outlet, StreamEnvironment environment, Runnable onEnd) {
        this.planning = planning;
        this.outlet = outlet;
        this.environment = environment;
        this.onEnd = onEnd;
        this.pulse = new Pulse(environment.lane(), this::step);
    }

    /** Begins. To be called while the call's handler runs, for handlers can be set only then. */
    void start() {
        outlet.open(pulse);
    }

    private void step() {
        if (outlet.isCancelled()) {
            end();
            return;
        }
        try {
            if (outlet.resetIfCut()) {
                return;
            }
            if (outlet.isReady()) {
                advance();
            }
            outlet.rest();
        } catch (RuntimeException | Error e) {
            end();
            outlet.fail(environment.statuses().toStatus(e));
        }
    }

    private void advance() {
        if (isDone) {
            outlet.settle();
            complete();
            return;
        }
        Opened read = openedRead();
        PendingPage page = pending == null ? fetch(read) : pending;
        if (page == null) {
            return;
        }
        Cut cut = page.cut();
        pending = page.hasEvents() ? page : null;
        isDone = pending == null && isPageLast;
        // A message without events tells a client that waits for a rare one that the read goes on.
        boolean saysMore = read.form().saysProgress() || filterErrors > toldFilterErrors;
        if (!isStarted || !cut.events().isEmpty() || !isDone || saysMore) {
            outlet.send(
                    read.form().message(cut.events(), new BatchForm.Progress(cut.scanned(), filterErrors)),
                    page.keptBytes());
            isStarted = true;
            toldFilterErrors = filterErrors;
        }
        // Also to complete it: what the client has not taken is on this stream's account until then.
        if (outlet.isReady()) {
            pulse.signal();
        }
    }

    private void complete() {
        end();
        outlet.complete();
    }

    private Opened openedRead() {
        Opened read = opened;
        if (read == null) {
            read = plan().open().get();
            opened = read;
        }
        return read;
    }

    private ReadPlan plan() {
        ReadPlan plan = planned;
        if (plan == null) {
            plan = planning.get();
            planned = plan;
            remaining = plan.limit() == 0 ? Long.MAX_VALUE : plan.limit();
        }
        return plan;
    }

    /** The next page; null when it has to wait for its share of the budget. */
    private @Nullable PendingPage fetch(Opened read) {
        outlet.settle();
        if (!outlet.mayRead()) {
            return null;
        }
        int bytesMax = environment.limits().batchBytesMax();
        Delivery delivery = plan().delivery();
        EventPage page = read.cursor().next(delivery.pageLimit(remaining, bytesMax));
        remaining -= page.events().size();
        filterErrors += page.failures();
        isPageLast = page.isLast() || remaining == 0;
        return new PendingPage(page, delivery.encoder(), bytesMax);
    }

    private void end() {
        pulse.stop();
        if (!isEnded) {
            isEnded = true;
            onEnd.run();
        }
    }
}
