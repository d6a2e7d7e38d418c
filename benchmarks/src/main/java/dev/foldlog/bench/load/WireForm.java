package dev.foldlog.bench.load;

/** How a product's append request carries an event. */
@FunctionalInterface
public interface WireForm {
    /** An append request with this one event. Requests must be such that two of them, joined, append both events. */
    byte[] request(Feedback feedback, String eventId, String artifactId);
}
