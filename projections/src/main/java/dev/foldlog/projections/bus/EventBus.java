package dev.foldlog.projections.bus;

import dev.foldlog.core.event.Position;

/**
 * Tells those who listen in this process what was committed. Best effort: what is told can be lost with the process, and
 * of one topic only the newest is sure to be told; who must miss nothing reads the log from a position of its own.
 * Thread-safe.
 *
 * <p>Topics: {@code log/head} when events were committed, {@code projections/NAME} when a projection got somewhere.
 */
public interface EventBus {
    /** Tells of a topic. Never blocks and never throws. */
    void publish(String topic, Position position);

    /**
     * Listens to the topics that match, until the result is closed.
     *
     * @throws UnsupportedOperationException when this bus cannot do what the options ask for
     */
    Listening listen(TopicPattern pattern, BusOptions options, Listener listener);

    /** Is told, one at a time; what it throws is logged and ends nothing. */
    @FunctionalInterface
    interface Listener {
        void heard(String topic, Position position);
    }

    /** An interest that can be withdrawn. */
    @FunctionalInterface
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
