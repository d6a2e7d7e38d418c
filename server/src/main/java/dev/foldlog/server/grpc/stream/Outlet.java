package dev.foldlog.server.grpc.stream;

import io.grpc.stub.ServerCallStreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one stream's messages go: its call, and the stream's share of the delivery budget. What the
 * transport was handed counts until the call is ready again, or is over. Confined to the stream's steps,
 * but for {@link #open} and {@link #isReady}.
 */
final class Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    private final ServerCallStreamObserver<EncodedMessage> call;
    private final DeliveryBudget.Share share;
    private volatile Runnable wake = () -> {};
    private volatile boolean isCut;
    private boolean isAllowed;

    Outlet(ServerCallStreamObserver<EncodedMessage> call, DeliveryBudget budget) {
        this.call = call;
        this.share = budget.share(() -> wake.run(), this::cut);
    }

    /** Begins. To be called while the call's handler runs, for handlers can be set only then. */
    void open(Pulse pulse) {
        wake = pulse::signal;
        call.setOnReadyHandler(pulse::signal);
        call.setOnCancelHandler(() -> {
            share.close();
            pulse.signal();
        });
        call.setOnCloseHandler(share::close);
        pulse.signal();
    }

    private void cut() {
        isCut = true;
        wake.run();
    }

    /** Whether the budget wants back what the client does not take: then the call is reset. */
    boolean resetIfCut() {
        if (!isCut) {
            return false;
        }
        isCut = false;
        call.onNext(EncodedMessage.RESET);
        return true;
    }

    boolean isReady() {
        return call.isReady();
    }

    boolean isCancelled() {
        return call.isCancelled();
    }

    /** Whether a page may be read now; if not, the pulse comes when it may. */
    boolean mayRead() {
        isAllowed = share.acquire();
        return isAllowed;
    }

    /** Hands over a message of a page that was allowed, of which so many bytes stay with the stream. */
    void send(EncodedMessage message, long keptBytes) {
        call.onNext(message);
        if (keptBytes == 0 && call.isReady()) {
            share.taken();
        } else {
            share.hold(message.sizeBytes() + keptBytes);
        }
    }

    /** Hands over a small message that is of no page. */
    void tell(EncodedMessage message) {
        call.onNext(message);
    }

    /** The call is ready and nothing of the last page is left: what was sent has been taken. */
    void settle() {
        share.settle();
    }

    /** At the end of a step: room that the step did not use goes to others. */
    void rest() {
        // What was granted since the step asked is for the step to come.
        if (isAllowed || !call.isReady()) {
            isAllowed = false;
            share.giveBack();
        }
    }

    void complete() {
        share.finish();
        call.onCompleted();
    }

    void fail(Throwable status) {
        share.finish();
        try {
            call.onError(status);
        } catch (RuntimeException e) {
            LOG.warn("a failed stream could not be ended", e);
        }
    }
}
