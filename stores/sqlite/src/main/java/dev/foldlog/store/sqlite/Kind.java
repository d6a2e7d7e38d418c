package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.PayloadForm;

/** What decides how a payload is to be read: the key of table {@code kind}. */
record Kind(String artifactType, String action, int eventVersion, PayloadForm payloadForm) {
    static Kind of(EventFacts facts, PayloadForm form) {
        return new Kind(facts.artifactType(), facts.action(), facts.eventVersion(), form);
    }

    /** The number of the form on disk. */
    static int number(PayloadForm form) {
        return switch (form) {
            case JSON -> 1;
            case OPAQUE -> 2;
        };
    }
}
