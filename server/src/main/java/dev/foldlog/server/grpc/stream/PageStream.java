package dev.foldlog.server.grpc.stream;

import dev.foldlog.core.read.EventPage;
import dev.foldlog.server.grpc.stream.PendingPage.Cut;
import dev.foldlog.server.grpc.stream.ReadPlan.Opened;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * A finite read on its way to a client: pulled, a page at a time. Each step runs on the read lane, sends
 * at most one message, and does nothing while the client is not ready; so a client that stops reading
 * keeps one page here, at most {@code batchBytesMax} (or one larger event), beside what the transport
 * holds, which is that much again and 32 KiB. Nothing of the store is held between two steps. Confined to
 * its steps, but for {@link #start}.
 *
 * <pre>
 *   start -> [open] -> page -> message ... -> page that is last -> completed
 *   anywhere: cancelled, or failed with the error as the end of the stream
 * </pre>
 */
final class PageStream {
    private final ReadPlan plan;
    private final ServerCallStreamObserver<EncodedMessage> observer;
    private final StreamEnvironment environment;
    private final Runnable onEnd;
    private final Pulse pulse;
    private @Nullable Opened opened;
    private @Nullable PendingPage pending;
    private boolean isPageLast;
    private boolean isStarted;
    private long remaining;

    /** {@code onEnd} is called once, when nothing more comes. */
    PageStream(
            ReadPlan plan,
            ServerCallStreamObserver<EncodedMessage> observer,
            StreamEnvironment environment,
            Runnable onEnd) {
        this.plan = plan;
        this.observer = observer;
        this.environment = environment;
        this.onEnd = onEnd;
        this.pulse = new Pulse(environment.lane(), this::step);
        this.remaining = plan.limit() == 0 ? Long.MAX_VALUE : plan.limit();
    }

    /** Begins. To be called while the call's handler runs, for handlers can be set only then. */
    void start() {
        observer.setOnReadyHandler(pulse::signal);
        observer.setOnCancelHandler(pulse::signal);
        pulse.signal();
    }

    private void step() {
        if (observer.isCancelled()) {
            end();
            return;
        }
        try {
            if (observer.isReady()) {
                advance();
            }
        } catch (RuntimeException | Error e) {
            end();
            observer.onError(environment.statuses().toStatus(e));
        }
    }

    private void advance() {
        Opened read = openedRead();
        PendingPage page = pending == null ? fetch(read) : pending;
        Cut cut = page.cut();
        if (!isStarted || !cut.events().isEmpty() || read.form().saysProgress()) {
            observer.onNext(read.form().message(cut.events(), cut.scanned()));
            isStarted = true;
        }
        pending = page.hasEvents() ? page : null;
        if (pending == null && isPageLast) {
            end();
            observer.onCompleted();
        } else if (observer.isReady()) {
            pulse.signal();
        }
    }

    private Opened openedRead() {
        Opened read = opened;
        if (read == null) {
            read = plan.open().get();
            opened = read;
        }
        return read;
    }

    private PendingPage fetch(Opened read) {
        int bytesMax = environment.limits().batchBytesMax();
        EventPage page = read.cursor().next(plan.delivery().pageLimit(remaining, bytesMax));
        remaining -= page.events().size();
        isPageLast = page.isLast() || remaining == 0;
        return new PendingPage(page, plan.delivery().encoder(), bytesMax);
    }

    private void end() {
        pulse.stop();
        onEnd.run();
    }
}
