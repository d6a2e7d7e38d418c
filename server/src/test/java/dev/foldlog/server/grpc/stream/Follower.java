package dev.foldlog.server.grpc.stream;

import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A subscriber that keeps the positions it was sent; it can be one that stops asking for messages. */
public final class Follower implements ClientResponseObserver<SubscribeAllRequest, SubscribeAllResponse> {
    private final CompletableFuture<SubscribeAllResponse> confirmed = new CompletableFuture<>();
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private final List<RecordedEvent> events = new ArrayList<>();
    private final List<String> disorder = new ArrayList<>();
    private final boolean isStalling;
    private final int eventsExpected;
    private final CompletableFuture<List<Long>> complete = new CompletableFuture<>();
    private final CompletableFuture<ClientCallStreamObserver<SubscribeAllRequest>> call = new CompletableFuture<>();
    private long position;

    private Follower(boolean isStalling, int eventsExpected) {
        this.isStalling = isStalling;
        this.eventsExpected = eventsExpected;
    }

    /** Subscribes, and has everything when so many events are there. */
    public static Follower of(Channel channel, SubscribeAllRequest request, int eventsExpected) {
        Follower follower = new Follower(false, eventsExpected);
        EventStoreGrpc.newStub(channel).subscribeAll(request, follower);
        return follower;
    }

    /** Subscribes, and after the first message asks for no more until it is told to. */
    public static Follower stalling(Channel channel, SubscribeAllRequest request, int eventsExpected) {
        Follower follower = new Follower(true, eventsExpected);
        EventStoreGrpc.newStub(channel).subscribeAll(request, follower);
        return follower;
    }

    /** Completes with the first message. */
    public CompletableFuture<SubscribeAllResponse> confirmed() {
        return confirmed;
    }

    /** Completes with the positions of all events, in the order of their coming, when all are there. */
    public CompletableFuture<List<Long>> complete() {
        return complete;
    }

    /** Completes when the server ends the call. */
    public CompletableFuture<Throwable> ended() {
        return ended;
    }

    /** Asks for all messages. */
    public void resume() {
        call.join().request(Integer.MAX_VALUE);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<SubscribeAllRequest> started) {
        call.complete(started);
        if (isStalling) {
            started.disableAutoRequestWithInitial(1);
        }
    }

    @Override
    public void onNext(SubscribeAllResponse message) {
        confirmed.complete(message);
        if (message.getPosition() < position) {
            disorder.add(message.getPosition() + " after " + position);
        }
        for (RecordedEvent event : message.getBatch().getEventsList()) {
            if (event.getPosition() <= position || event.getPosition() > message.getPosition()) {
                disorder.add("event " + event.getPosition() + " between " + position + " and " + message.getPosition());
            }
            position = event.getPosition();
            events.add(event.toBuilder().clearPayload().build());
        }
        position = message.getPosition();
        if (!disorder.isEmpty()) {
            complete.completeExceptionally(new AssertionError(disorder.toString()));
        } else if (events.size() >= eventsExpected) {
            complete.complete(events.stream().map(RecordedEvent::getPosition).toList());
        }
    }

    @Override
    public void onError(Throwable failure) {
        confirmed.completeExceptionally(failure);
        complete.completeExceptionally(failure);
        ended.complete(failure);
    }

    @Override
    public void onCompleted() {
        onError(new AssertionError("a subscription never ends by itself"));
    }
}
