package dev.foldlog.core.read;

/** Whether an event matches a filter. */
public enum FilterMatch {
    MATCHES,
    DIFFERS,
    /** It would depend on an expression that has no value for this event. */
    FAILS;

    /** Of two conditions that must both hold: what differs in one differs, whatever the other. */
    FilterMatch and(FilterMatch other) {
        if (this == DIFFERS || other == DIFFERS) {
            return DIFFERS;
        }
        return this == FAILS || other == FAILS ? FAILS : MATCHES;
    }

    /** Of two conditions of which one must hold: what matches one matches, whatever the other. */
    FilterMatch or(FilterMatch other) {
        if (this == MATCHES || other == MATCHES) {
            return MATCHES;
        }
        return this == FAILS || other == FAILS ? FAILS : DIFFERS;
    }
}
