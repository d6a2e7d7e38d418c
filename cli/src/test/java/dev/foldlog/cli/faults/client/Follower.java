package dev.foldlog.cli.faults.client;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import dev.foldlog.cli.faults.client.Violation.Rule;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A subscriber that notes what it sees and resumes after its last position when the server is back. One
 * subscription runs at a time. Thread-safe.
 */
public final class Follower {
    private static final java.time.Duration WAIT = java.time.Duration.ofSeconds(60);
    private static final CountDownLatch NONE = new CountDownLatch(0);

    private final String name;
    private final boolean isLiveOnly;
    private final List<String> actions;
    private final List<Sighting> seen = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private String storeId = "";
    private long start;
    private long position;
    private boolean isConfirmed;
    private CountDownLatch ended = NONE;

    private Follower(String name, boolean isLiveOnly, List<String> actions) {
        this.name = name;
        this.isLiveOnly = isLiveOnly;
        this.actions = List.copyOf(actions);
    }

    /** One that sees everything from the start of the log. */
    public static Follower ofAll() {
        return new Follower("the follower of all", false, List.of());
    }

    /** One that begins with what is appended after it came. */
    public static Follower ofNew() {
        return new Follower("the follower of what is new", true, List.of());
    }

    /** One that sees the events of one action. */
    public static Follower ofAction(String action) {
        return new Follower("the follower of " + action, false, List.of(action));
    }

    /** Subscribes, where it stopped the last time, and returns when the server has confirmed that. */
    public void follow(ServerClient client) {
        boolean isFirst = latch() == NONE;
        CountDownLatch end = new CountDownLatch(1);
        client.subscribe(begin(isFirst, end), new Notes(end));
        await(name + " to be confirmed").atMost(WAIT).until(this::isConfirmed);
    }

    private synchronized SubscribeAllRequest begin(boolean isFirst, CountDownLatch end) {
        ended = end;
        isConfirmed = false;
        SubscribeAllRequest.Builder request = SubscribeAllRequest.newBuilder()
                .setFilter(EventFilter.newBuilder().addAllActions(actions))
                .setHeartbeatInterval(Duration.newBuilder().setSeconds(1))
                .setStoreId(storeId);
        return (isFirst ? request.setLiveOnly(isLiveOnly) : request.setAfterPosition(position)).build();
    }

    /** Waits until it has everything up to a position. */
    public void awaitPosition(long head) {
        await(name + " to reach " + head).atMost(WAIT).until(() -> position() >= head);
    }

    /** Waits until its subscription has ended, because the server went away or stopped serving. */
    public void awaitEnd() {
        try {
            if (!latch().await(WAIT.toSeconds(), TimeUnit.SECONDS)) {
                note(new Violation(Rule.CALLS_END, name + ": the subscription outlived its server"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private synchronized void note(Violation violation) {
        violations.add(violation);
    }

    private synchronized CountDownLatch latch() {
        return ended;
    }

    private synchronized long position() {
        return position;
    }

    synchronized boolean isFollowing() {
        return ended != NONE;
    }

    public synchronized int seen() {
        return seen.size();
    }

    /** Compares what it saw with what is stored. */
    synchronized List<Violation> violations(List<RecordedEvent> stored) {
        List<Violation> found = new ArrayList<>(violations);
        List<Sighting> expected = Sighting.ofAll(stored.stream()
                .filter(event -> event.getPosition() > start && event.getPosition() <= position)
                .filter(event -> actions.isEmpty() || actions.contains(event.getAction()))
                .toList());
        int same = 0;
        while (same < Math.min(expected.size(), seen.size())
                && expected.get(same).equals(seen.get(same))) {
            same++;
        }
        if (same < Math.max(expected.size(), seen.size())) {
            found.add(violation("saw " + at(seen, same) + " where " + at(expected, same) + " is stored, after " + same
                    + " events"));
        }
        return found;
    }

    private static String at(List<Sighting> list, int index) {
        return index < list.size() ? list.get(index).toString() : "nothing";
    }

    private Violation violation(String what) {
        return new Violation(Rule.SUBSCRIBER_SEES_ALL_IN_ORDER, name + ": " + what);
    }

    private synchronized void take(SubscribeAllResponse message) {
        if (!isConfirmed) {
            confirm(message);
        }
        long before = position;
        for (RecordedEvent event : message.getBatch().getEventsList()) {
            if (event.getPosition() <= before || event.getPosition() > message.getPosition()) {
                violations.add(violation("event " + event.getPosition() + " in a message at " + message.getPosition()
                        + " after one at " + before));
            }
            seen.add(Sighting.of(event));
        }
        if (message.getPosition() < before) {
            violations.add(violation("went back from " + before + " to " + message.getPosition()));
        }
        position = message.getPosition();
    }

    private void confirm(SubscribeAllResponse first) {
        if (first.getKindCase() != SubscribeAllResponse.KindCase.CONFIRMED) {
            violations.add(violation("began with " + first.getKindCase()));
        }
        if (storeId.isEmpty()) {
            start = first.getConfirmed().getStartPosition();
        }
        storeId = first.getConfirmed().getStoreId();
        isConfirmed = true;
    }

    private synchronized boolean isConfirmed() {
        return isConfirmed;
    }

    /** Takes the messages of one subscription. */
    private final class Notes implements StreamObserver<SubscribeAllResponse> {
        private final CountDownLatch end;

        Notes(CountDownLatch end) {
            this.end = end;
        }

        @Override
        public void onNext(SubscribeAllResponse message) {
            take(message);
        }

        @Override
        public void onError(Throwable failure) {
            end.countDown();
        }

        @Override
        public void onCompleted() {
            end.countDown();
        }
    }
}
