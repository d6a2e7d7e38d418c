package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendedEvent;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.append.Violation;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.store.sqlite.WriteCommand.AppendEvents;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides one append against the store as of the open transaction, and stages it when everything holds:
 * ids first, then preconditions, then checkpoints. An append that is refused has changed nothing, so its
 * neighbours in the transaction never notice. Confined to the writer's thread.
 */
final class AppendJudge {
    /** So many events are decoded for the conditions of a transaction; where more came, each is looked up. */
    static final int DECODED_MAX = 2_048;

    private final WriterSession session;
    private final CheckpointJudge checkpoints;
    private final Instant now;

    AppendJudge(WriterSession session, CheckpointJudge checkpoints, Instant now) {
        this.session = session;
        this.checkpoints = checkpoints;
        this.now = now;
    }

    AppendOutcome judge(AppendEvents command) throws SQLException {
        Append append = command.append();
        Optional<AppendOutcome> known = new RepeatCheck(session).check(append.events());
        if (known.isPresent()) {
            if (known.get() instanceof AppendOutcome.Appended && !append.isValidateOnly()) {
                moveWhatCanBeMoved(append.checkpoints());
            }
            return known.get();
        }
        AppendOutcome refusal = refusal(command);
        if (refusal != null) {
            return refusal;
        }
        if (append.isValidateOnly()) {
            return new AppendOutcome.Valid();
        }
        AppendOutcome outcome = stage(append.events());
        for (CheckpointMove move : append.checkpoints()) {
            checkpoints.move(move, now);
        }
        return outcome;
    }

    private void moveWhatCanBeMoved(List<CheckpointMove> moves) {
        for (CheckpointMove move : moves) {
            if (checkpoints.refusal(move) == null) {
                checkpoints.move(move, now);
            }
        }
    }

    private @Nullable AppendOutcome refusal(AppendEvents command) throws SQLException {
        List<Precondition> preconditions = command.append().preconditions();
        for (int i = 0; i < preconditions.size(); i++) {
            if (preconditions.get(i) instanceof NoneMatching condition
                    && condition.after().isAfter(session.last())) {
                return new AppendOutcome.ConditionAhead(i, condition.after(), session.last());
            }
        }
        List<Violation> violations = violations(preconditions, firstMatches(command));
        if (!violations.isEmpty()) {
            return new AppendOutcome.Conflict(violations);
        }
        for (CheckpointMove move : command.append().checkpoints()) {
            CheckpointOutcome.Refused refused = checkpoints.refusal(move);
            if (refused != null) {
                return new AppendOutcome.CheckpointRefused(refused);
            }
        }
        return null;
    }

    private List<Violation> violations(List<Precondition> preconditions, Map<Integer, Position> firstMatches)
            throws SQLException {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < preconditions.size(); i++) {
            Violation violation = violation(i, preconditions.get(i), firstMatches);
            if (violation != null) {
                violations.add(violation);
            }
        }
        return violations;
    }

    private @Nullable Violation violation(int index, Precondition precondition, Map<Integer, Position> firstMatches)
            throws SQLException {
        return switch (precondition) {
            case Precondition.PartitionAt at -> {
                Sequence actual = session.lastSequence(at.partitionKey());
                yield actual.equals(at.sequence())
                        ? null
                        : new Violation.PartitionElsewhere(index, at.partitionKey(), actual);
            }
            case Precondition.PartitionExists exists -> {
                Sequence actual = session.lastSequence(exists.partitionKey());
                yield exists.isPresent() == (actual.value() > 0)
                        ? null
                        : new Violation.PartitionElsewhere(index, exists.partitionKey(), actual);
            }
            case NoneMatching _ -> {
                Position match = firstMatches.get(index);
                yield match == null ? null : new Violation.EventMatches(index, match);
            }
        };
    }

    /** The first matches of conditions: those that the reader found, and those among what came after it looked. */
    private Map<Integer, Position> firstMatches(AppendEvents command) throws SQLException {
        OpenConditions open = new OpenConditions(command.append().preconditions(), command.looked());
        if (open.isEmpty() || !session.last().isAfter(open.after())) {
            return open.firstMatches();
        }
        if (session.last().value() - open.after().value() <= DECODED_MAX) {
            for (EventView event : session.eventsAfter(open.after(), open.haveExpression())) {
                open.meet(event);
            }
            return open.firstMatches();
        }
        session.flush();
        open.lookUp(session.last(), session::readAll);
        return open.firstMatches();
    }

    private AppendOutcome stage(List<NewEvent> events) throws SQLException {
        Instant recordedAt = session.notBeforeLast(now);
        Position first = new Position(session.last().value() + 1);
        List<AppendedEvent> appended = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            String partitionKey = event.facts().partitionKey();
            Stamp stamp = new Stamp(
                    new Position(session.last().value() + 1),
                    session.lastSequence(partitionKey).next(),
                    recordedAt,
                    first);
            session.stage(event, stamp);
            appended.add(new AppendedEvent(
                    event.facts().eventId(), partitionKey, stamp.sequence(), stamp.position(), recordedAt));
        }
        return new AppendOutcome.Appended(appended, false);
    }
}
