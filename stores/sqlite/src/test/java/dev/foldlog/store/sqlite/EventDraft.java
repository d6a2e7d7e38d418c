package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event about to be proposed, where only what matters to a test is said. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record EventDraft(
        EventFacts facts, IdOrigin idOrigin, @Nullable Instant timestamp, String payload, byte[] opaque) {
    private static final byte[] NONE = {};

    /** An event with a client's id, in partition {@code p}. */
    static EventDraft event(String id) {
        return new EventDraft(
                new EventFacts(new EventId(id), "p", "approved", "tests", "artifact", "summary", "", 1, List.of()),
                IdOrigin.CLIENT,
                null,
                "{}",
                NONE);
    }

    EventDraft in(String partitionKey) {
        return with(new EventFacts(
                facts.eventId(),
                partitionKey,
                facts.action(),
                facts.producer(),
                facts.artifactId(),
                facts.artifactType(),
                facts.threadId(),
                facts.eventVersion(),
                facts.tags()));
    }

    EventDraft action(String action) {
        return with(new EventFacts(
                facts.eventId(),
                facts.partitionKey(),
                action,
                facts.producer(),
                facts.artifactId(),
                facts.artifactType(),
                facts.threadId(),
                facts.eventVersion(),
                facts.tags()));
    }

    EventDraft tagged(String... tags) {
        return with(new EventFacts(
                facts.eventId(),
                facts.partitionKey(),
                facts.action(),
                facts.producer(),
                facts.artifactId(),
                facts.artifactType(),
                facts.threadId(),
                facts.eventVersion(),
                List.of(tags)));
    }

    EventDraft with(EventFacts otherFacts) {
        return new EventDraft(otherFacts, idOrigin, timestamp, payload, opaque);
    }

    EventDraft idFrom(IdOrigin origin) {
        return new EventDraft(facts, origin, timestamp, payload, opaque);
    }

    EventDraft at(@Nullable Instant time) {
        return new EventDraft(facts, idOrigin, time, payload, opaque);
    }

    EventDraft payload(String json) {
        return new EventDraft(facts, idOrigin, timestamp, json, NONE);
    }

    EventDraft opaque(byte... bytes) {
        return new EventDraft(facts, idOrigin, timestamp, "", bytes);
    }

    NewEvent proposed() {
        byte[] bytes = opaque.length > 0 ? opaque : payload.getBytes(StandardCharsets.UTF_8);
        return new NewEvent(
                facts,
                idOrigin,
                timestamp,
                TestEventCodec.propose(facts, true, timestamp),
                bytes,
                opaque.length > 0 ? PayloadForm.OPAQUE : PayloadForm.JSON);
    }

    static Append append(EventDraft... drafts) {
        return append(List.of(drafts));
    }

    static Append append(List<EventDraft> drafts) {
        return new Append(drafts.stream().map(EventDraft::proposed).toList(), List.of(), List.of(), false);
    }

    Append given(Precondition... preconditions) {
        return new Append(List.of(proposed()), List.of(preconditions), List.of(), false);
    }

    Append moving(CheckpointMove... moves) {
        return new Append(List.of(proposed()), List.of(), List.of(moves), false);
    }
}
