package dev.foldlog.client;

import dev.foldlog.client.error.FoldlogException;
import dev.foldlog.v1.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a subscription says, in its order. */
final class RecordingHandler implements SubscriptionHandler {
    final List<RecordedEvent> events = new CopyOnWriteArrayList<>();
    final List<String> signals = new CopyOnWriteArrayList<>();
    final List<Long> positions = new CopyOnWriteArrayList<>();
    final List<FoldlogException> disconnections = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(RecordedEvent event) {
        events.add(event);
    }

    @Override
    public void onPosition(long position) {
        positions.add(position);
    }

    @Override
    public void onConnected(String storeId, long startPosition, long headPosition) {
        signals.add("connected " + startPosition + ' ' + headPosition);
    }

    @Override
    public void onCaughtUp(long position) {
        signals.add("caught up " + position);
    }

    @Override
    public void onFellBehind(long position, long headPosition) {
        signals.add("fell behind " + position + ' ' + headPosition);
    }

    @Override
    public void onHeartbeat(long position, long headPosition) {
        signals.add("heartbeat " + position + ' ' + headPosition);
    }

    @Override
    public void onDisconnected(FoldlogException cause, Duration pause) {
        disconnections.add(cause);
    }

    @Override
    public void onFailed(Throwable failure) {
        failures.add(failure);
    }

    List<Long> sequences() {
        return Events.sequences(events);
    }
}
