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
    private volatile Runnable reset = () -> {};

    Outlet(ServerCallStreamObserver<EncodedMessage> call, DeliveryBudget budget) {
        this.call = call;
        this.share = budget.share(() -> wake.run(), () -> reset.run());
    }

    /** Begins. To be called while the call's handler runs, for handlers can be set only then. */
    void open(Pulse pulse) {
        wake = pulse::signal;
        reset = CallReset.ofCurrentCall();
        call.setOnReadyHandler(pulse::signal);
        call.setOnCancelHandler(() -> {
            share.close();
            pulse.signal();
        });
        call.setOnCloseHandler(share::close);
        pulse.signal();
    }

    boolean isReady() {
        return call.isReady();
    }

    boolean isCancelled() {
        return call.isCancelled();
    }

    /** Whether a page may be read now; if not, the pulse comes when it may. */
    boolean mayRead() {
        return share.acquire();
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
        share.giveBack();
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
