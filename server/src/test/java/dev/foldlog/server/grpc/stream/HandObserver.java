package dev.foldlog.server.grpc.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call whose readiness and cancellation are switched by hand, and which keeps what it is sent. */
final class HandObserver<T> extends ServerCallStreamObserver<EncodedMessage> {
    private final Parser<T> parser;
    private final List<T> messages = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private Runnable onReady = () -> {};
    private Runnable onCancel = () -> {};
    private Runnable onClose = () -> {};
    private boolean isReady = true;
    private boolean isCancelled;
    private boolean isCompleted;
    private boolean isFailing;
    private int messagesUntilBusy = Integer.MAX_VALUE;
    private @Nullable Throwable error;

    HandObserver(Parser<T> parser) {
        this.parser = parser;
    }

    /** The messages since the last call of this method. */
    List<T> take() {
        List<T> taken = List.copyOf(messages);
        messages.clear();
        return taken;
    }

    /** Encoded sizes of all messages so far. */
    List<Integer> sizes() {
        return sizes;
    }

    boolean isCompleted() {
        return isCompleted;
    }

    boolean isEnded() {
        return isCompleted || error != null;
    }

    /** The reason it failed with, as ErrorInfo says it, or empty. */
    String failure() {
        return error == null ? "" : Reasons.of(error);
    }

    void becomeReady() {
        isReady = true;
        messagesUntilBusy = Integer.MAX_VALUE;
        onReady.run();
    }

    /** Ready for so many messages more. */
    void becomeReadyFor(int count) {
        isReady = count > 0;
        messagesUntilBusy = count;
        onReady.run();
    }

    void becomeBusy() {
        isReady = false;
    }

    void cancel() {
        isCancelled = true;
        isReady = false;
        onCancel.run();
    }

    /** The client took everything, the end included. */
    void close() {
        onClose.run();
    }

    @Override
    public void onNext(EncodedMessage message) {
        if (isEnded()) {
            throw new IllegalStateException("the call has ended");
        }
        if (message == EncodedMessage.RESET) {
            cancel();
            return;
        }
        try {
            byte[] bytes = message.stream().readAllBytes();
            sizes.add(bytes.length);
            messages.add(parser.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (--messagesUntilBusy <= 0) {
            isReady = false;
        }
    }

    @Override
    public void onError(Throwable failure) {
        requireOpen();
        error = failure;
    }

    /** The transport fails at the end of the call. */
    void failToComplete() {
        isFailing = true;
    }

    @Override
    public void onCompleted() {
        requireOpen();
        if (isFailing) {
            throw new IllegalStateException("the transport failed");
        }
        isCompleted = true;
    }

    private void requireOpen() {
        if (isEnded()) {
            throw new IllegalStateException("the call has ended");
        }
    }

    @Override
    public boolean isReady() {
        return isReady;
    }

    @Override
    public boolean isCancelled() {
        return isCancelled;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
        onReady = handler;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
        onCancel = handler;
    }

    @Override
    public void setOnCloseHandler(Runnable handler) {
        onClose = handler;
    }

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}
}
