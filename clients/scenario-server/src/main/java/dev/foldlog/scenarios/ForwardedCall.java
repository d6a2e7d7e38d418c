package dev.foldlog.scenarios;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * A client's call and the same call to the real server. A message is asked of one side when the other has room
 * for it, so nothing piles up here. Its methods are called as gRPC's listeners are.
 */
final class ForwardedCall extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;
    private final ClientCall<byte[], byte[]> onward;
    private final int messagesMax;
    private final Runnable breakAll;
    private boolean isWaitingForRoom;

    /**
     * A call that is not started yet.
     *
     * @param messagesMax answers that go back; instead of the next one {@code breakAll} runs
     */
    ForwardedCall(
            ServerCall<byte[], byte[]> call, ClientCall<byte[], byte[]> onward, int messagesMax, Runnable breakAll) {
        this.call = call;
        this.onward = onward;
        this.messagesMax = messagesMax;
        this.breakAll = breakAll;
    }

    void start(Metadata headers) {
        onward.start(new Answers(), headers);
        onward.request(1);
    }

    @Override
    public void onMessage(byte[] message) {
        onward.sendMessage(message);
        call.request(1);
    }

    @Override
    public void onHalfClose() {
        onward.halfClose();
    }

    @Override
    public void onCancel() {
        onward.cancel("the client has gone", null);
    }

    @Override
    public synchronized void onReady() {
        if (isWaitingForRoom) {
            isWaitingForRoom = false;
            onward.request(1);
        }
    }

    private synchronized void askForNext() {
        if (call.isReady()) {
            onward.request(1);
        } else {
            isWaitingForRoom = true;
        }
    }

    /** What the real server says. */
    private final class Answers extends ClientCall.Listener<byte[]> {
        private int messages;

        @Override
        public void onHeaders(Metadata headers) {
            call.sendHeaders(headers);
        }

        @Override
        public void onMessage(byte[] message) {
            if (messages == messagesMax) {
                breakAll.run();
                return;
            }
            messages++;
            call.sendMessage(message);
            askForNext();
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!call.isCancelled()) {
                call.close(status, trailers);
            }
        }
    }
}
