package dev.foldlog.cli.faults.client;

import dev.foldlog.cli.faults.client.Outcome.Acked;
import dev.foldlog.cli.faults.client.Outcome.Unknown;
import dev.foldlog.cli.faults.client.Violation.Rule;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a log after anything that may have happened to it: compares all that is stored with
 * what the callers were told. One check; made anew for each.
 */
final class Invariants {
    private final List<RecordedEvent> stored;
    private final Map<String, RecordedEvent> byId = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    private Invariants(List<RecordedEvent> stored) {
        this.stored = stored;
    }

    /** What is wrong with a log, of which {@code attempts} is all that was ever sent. */
    static List<Violation> violations(List<Attempt> attempts, List<RecordedEvent> stored) {
        Invariants check = new Invariants(stored);
        check.ids();
        check.order();
        attempts.forEach(check::attempt);
        check.foreign(attempts);
        return check.violations;
    }

    private void ids() {
        for (RecordedEvent event : stored) {
            if (byId.put(event.getEventId(), event) != null) {
                found(Rule.ID_IS_STORED_ONCE, event.getEventId());
            }
        }
    }

    private void order() {
        Map<String, Long> sequences = new HashMap<>();
        RecordedEvent before = RecordedEvent.getDefaultInstance();
        for (RecordedEvent event : stored) {
            long expected = sequences.merge(event.getPartitionKey(), 1L, Long::sum);
            if (event.getSequence() != expected) {
                found(
                        Rule.SEQUENCES_ARE_CONTIGUOUS,
                        event.getPartitionKey() + ": " + event.getSequence() + " (expected: " + expected + ")");
                sequences.put(event.getPartitionKey(), event.getSequence());
            }
            if (event.getPosition() <= before.getPosition()) {
                found(Rule.POSITIONS_GROW, event.getPosition() + " after " + before.getPosition());
            }
            if (nanos(event) < nanos(before)) {
                found(Rule.RECORDED_TIME_NEVER_GOES_BACK, "at position " + event.getPosition());
            }
            before = event;
        }
    }

    private static long nanos(RecordedEvent event) {
        return Math.addExact(
                Math.multiplyExact(event.getRecordedAt().getSeconds(), 1_000_000_000L),
                event.getRecordedAt().getNanos());
    }

    private void attempt(Attempt attempt) {
        List<@Nullable RecordedEvent> there = new ArrayList<>();
        for (NewEvent event : attempt.request().getEventsList()) {
            there.add(byId.get(event.getEventId()));
        }
        long count = there.stream().filter(event -> event != null).count();
        switch (attempt.fate()) {
            case STORED -> {
                if (count < there.size()) {
                    found(Rule.ACKNOWLEDGED_IS_STORED, attempt + ", " + count + " of its events are stored");
                }
            }
            case ABSENT -> {
                if (count > 0) {
                    found(Rule.REFUSED_IS_ABSENT, attempt + ", " + count + " of its events are stored");
                }
            }
            case OPEN -> {}
        }
        if (count > 0) {
            content(attempt, there);
        }
        answers(attempt, there);
    }

    /** Whole, in one transaction, in the order sent, and as it was sent. */
    private void content(Attempt attempt, List<@Nullable RecordedEvent> there) {
        RecordedEvent first = there.getFirst();
        long before = 0;
        for (int i = 0; i < there.size(); i++) {
            RecordedEvent event = there.get(i);
            if (event == null
                    || first == null
                    || event.getPosition() <= before
                    || event.getTransactionPosition() != first.getPosition()) {
                found(Rule.APPEND_IS_WHOLE_OR_ABSENT, attempt + ", at its event " + i);
                return;
            }
            if (!asSent(event, attempt.request().getEvents(i))
                    .equals(normal(attempt.request().getEvents(i)))) {
                found(Rule.STORED_IS_WHAT_WAS_SENT, attempt + ", at its event " + i);
            }
            before = event.getPosition();
        }
    }

    /** A stored event as a proposal, without what the server filled in because {@code sent} lacked it. */
    private static NewEvent asSent(RecordedEvent event, NewEvent sent) {
        NewEvent.Builder seen = NewEvent.newBuilder()
                .setEventId(event.getEventId())
                .setAction(event.getAction())
                .setProducer(event.getProducer())
                .setArtifactId(event.getArtifactId())
                .setArtifactType(event.getArtifactType())
                .setThreadId(event.getThreadId())
                .setEventVersion(event.getEventVersion())
                .setPartitionKey(event.getPartitionKey())
                .setTimestamp(event.getTimestamp())
                .setPayload(event.getPayload())
                .putAllMetadata(event.getMetadataMap())
                .addAllTags(event.getTagsList());
        if (!sent.hasTimestamp() && event.getTimestamp().equals(event.getRecordedAt())) {
            seen.clearTimestamp();
        }
        return seen.build();
    }

    private static NewEvent normal(NewEvent sent) {
        NewEvent.Builder normal = sent.toBuilder();
        if (sent.getEventVersion() == 0) {
            normal.setEventVersion(1);
        }
        if (sent.getPartitionKey().isEmpty()) {
            normal.setPartitionKey(sent.getArtifactId());
        }
        return normal.build();
    }

    /** Every acknowledgement says where the events are, and no call was left without an answer. */
    private void answers(Attempt attempt, List<@Nullable RecordedEvent> there) {
        for (Outcome outcome : attempt.outcomes()) {
            switch (outcome) {
                case Acked acked -> {
                    if (!isWhere(acked.response().getEventsList(), there)) {
                        found(Rule.ANSWERS_AGREE, attempt.toString());
                    }
                }
                case Unknown unknown -> {
                    if (unknown.isHung()) {
                        found(Rule.CALLS_END, attempt.toString());
                    }
                }
                case Outcome.Refused refused -> {
                    if (refused.reason().equals("EVENT_ID_CONFLICT")) {
                        found(Rule.APPEND_IS_WHOLE_OR_ABSENT, attempt.toString());
                    }
                }
            }
        }
    }

    private static boolean isWhere(List<AppendedEvent> answered, List<@Nullable RecordedEvent> there) {
        if (answered.size() != there.size()) {
            return false;
        }
        for (int i = 0; i < answered.size(); i++) {
            RecordedEvent event = there.get(i);
            AppendedEvent answer = answered.get(i);
            if (event != null
                    && (answer.getPosition() != event.getPosition()
                            || answer.getSequence() != event.getSequence()
                            || !answer.getPartitionKey().equals(event.getPartitionKey())
                            || !answer.getRecordedAt().equals(event.getRecordedAt()))) {
                return false;
            }
        }
        return true;
    }

    private void foreign(List<Attempt> attempts) {
        Map<String, RecordedEvent> unclaimed = new HashMap<>(byId);
        attempts.forEach(
                attempt -> attempt.request().getEventsList().forEach(event -> unclaimed.remove(event.getEventId())));
        unclaimed.keySet().forEach(id -> found(Rule.NOTHING_FOREIGN, id));
    }

    private void found(Rule rule, String what) {
        violations.add(new Violation(rule, what));
    }
}
