package dev.foldlog.store.memory;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.append.Violation;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.projection.ApplyRefusal;
import dev.foldlog.core.projection.Participation;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides one append, and stores it when everything holds: ids first, then preconditions, then checkpoints,
 * then room. What is refused has changed nothing. For the holder of the store's lock only.
 */
final class AppendJudge {
    private final Contents contents;
    private final Participation participation;
    private final EventCodec codec;
    private final long bytesMax;
    private final Instant now;
    private final CheckpointJudge checkpoints;

    AppendJudge(Contents contents, Participation participation, Terms terms) {
        this.contents = contents;
        this.participation = participation;
        this.codec = terms.codec;
        this.bytesMax = terms.bytesMax;
        this.now = terms.now;
        this.checkpoints = new CheckpointJudge(contents, now);
    }

    AppendOutcome judge(Append append) {
        AppendOutcome known = new RepeatCheck(contents, codec).judge(append.events());
        if (known instanceof AppendOutcome.Appended && !append.isValidateOnly()) {
            append.checkpoints().stream()
                    .filter(it -> checkpoints.refusal(it) == null)
                    .forEach(checkpoints::move);
        }
        if (known != null) {
            return known;
        }
        AppendOutcome refused = refusal(append);
        if (refused != null) {
            return refused;
        }
        return append.isValidateOnly() ? new AppendOutcome.Valid() : store(append);
    }

    private @Nullable AppendOutcome refusal(Append append) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < append.preconditions().size(); i++) {
            Precondition precondition = append.preconditions().get(i);
            if (precondition instanceof NoneMatching none && none.after().isAfter(contents.last())) {
                return new AppendOutcome.ConditionAhead(i, none.after(), contents.last());
            }
            Violation violation = violation(i, precondition);
            if (violation != null) {
                violations.add(violation);
            }
        }
        if (!violations.isEmpty()) {
            return new AppendOutcome.Conflict(violations);
        }
        CheckpointOutcome.Refused refused = append.checkpoints().stream()
                .map(checkpoints::refusal)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return refused == null ? null : new AppendOutcome.CheckpointRefused(refused);
    }

    private @Nullable Violation violation(int index, Precondition precondition) {
        return switch (precondition) {
            case Precondition.PartitionAt at -> {
                Sequence last = contents.partition(at.partitionKey()).last();
                yield last.equals(at.sequence())
                        ? null
                        : new Violation.PartitionElsewhere(index, at.partitionKey(), last);
            }
            case Precondition.PartitionExists exists -> {
                Sequence last = contents.partition(exists.partitionKey()).last();
                yield exists.isPresent() == (last.value() > 0)
                        ? null
                        : new Violation.PartitionElsewhere(index, exists.partitionKey(), last);
            }
            case NoneMatching none ->
                contents.log().stream()
                        .skip(none.after().value())
                        .filter(it -> it.matches(none.filter()))
                        .findFirst()
                        .map(it -> new Violation.EventMatches(index, it.position()))
                        .orElse(null);
        };
    }

    /** Makes all entries before it adds the first, so that a failure leaves nothing. */
    private AppendOutcome store(Append append) {
        List<Entry> entries = entries(append.events());
        long bytes = entries.stream().mapToLong(Entry::sizeBytes).sum();
        if (bytes > bytesMax - contents.bytes()) {
            throw new StoreException(
                    ErrorCode.STORAGE_FULL, "events: " + contents.bytes() + " bytes (expected: < " + bytesMax + ')');
        }
        ApplyRefusal refusal = participation.isIdle()
                ? null
                : participation.take(entries.stream().map(Entry::event).toList());
        if (refusal != null) {
            return new AppendOutcome.ProjectionFailed(refusal.projection(), refusal.eventIndex(), refusal.message());
        }
        entries.forEach(contents::add);
        append.checkpoints().forEach(checkpoints::move);
        return new AppendOutcome.Appended(
                entries.stream().map(RepeatCheck::appended).toList(), false);
    }

    private List<Entry> entries(List<NewEvent> events) {
        Instant recordedAt = now.isAfter(contents.lastRecordedAt()) ? now : contents.lastRecordedAt();
        Position first = new Position(contents.last().value() + 1);
        Map<String, Sequence> sequences = new HashMap<>();
        List<Entry> entries = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            Sequence sequence = sequences.compute(
                    event.facts().partitionKey(),
                    (key, last) -> (last == null ? contents.partition(key).last() : last).next());
            Position position = new Position(first.value() + entries.size());
            entries.add(Entry.of(event, new Stamp(position, sequence, recordedAt, first), codec));
        }
        return entries;
    }

    /** Under what an append is judged. */
    record Terms(EventCodec codec, long bytesMax, Instant now) {}
}
