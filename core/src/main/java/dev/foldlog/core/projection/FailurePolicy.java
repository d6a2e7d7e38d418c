package dev.foldlog.core.projection;

/** What an event does to an async projection that fails on it. */
public enum FailurePolicy {
    /** It stops before the event, until somebody lets it go on. */
    STOP,
    /** The event is counted and passed over. */
    SKIP
}
