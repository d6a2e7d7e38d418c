package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendOutcome.EventIdTaken;
import dev.foldlog.core.append.AppendOutcome.RequestIdReused;
import dev.foldlog.core.append.AppendedEvent;
import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out whether an append is a repeat: looks its ids up, and compares content as it was sent. */
final class RepeatCheck {
    private final WriterSession session;

    RepeatCheck(WriterSession session) {
        this.session = session;
    }

    /** Empty when no id is known: the append is new. */
    Optional<AppendOutcome> check(List<NewEvent> events) throws SQLException {
        List<Envelope> stored = new ArrayList<>();
        NewEvent known = null;
        for (NewEvent event : events) {
            RecordedEvent found = event.idOrigin() == IdOrigin.SERVER
                    ? null
                    : session.stored(event.facts().eventId());
            if (found == null) {
                continue;
            }
            if (!session.codec().isRepeat(event, found)) {
                return Optional.of(clash(event, found.position(), false));
            }
            known = known == null || event.idOrigin() == IdOrigin.REQUEST ? event : known;
            stored.add(session.codec().open(found.envelope()));
        }
        if (known == null) {
            return Optional.empty();
        }
        if (stored.size() < events.size() || !isWholeRequest(events, stored)) {
            return Optional.of(clash(known, positionOf(known, stored), true));
        }
        return Optional.of(
                new Appended(stored.stream().map(RepeatCheck::appended).toList(), true));
    }

    /** A request id stands for one append: the stored events must be exactly those of one, in its order. */
    private boolean isWholeRequest(List<NewEvent> events, List<Envelope> stored) throws SQLException {
        if (events.stream().noneMatch(event -> event.idOrigin() == IdOrigin.REQUEST)) {
            return true;
        }
        Position first = stored.getFirst().stamp().transactionPosition();
        for (int i = 0; i < stored.size(); i++) {
            if (stored.get(i).stamp().position().value() != first.value() + i) {
                return false;
            }
        }
        RecordedEvent next = session.storedAt(new Position(first.value() + stored.size()));
        return next == null || !transactionOf(next).equals(first);
    }

    private Position transactionOf(RecordedEvent event) {
        return session.codec().open(event.envelope()).stamp().transactionPosition();
    }

    private static Position positionOf(NewEvent event, List<Envelope> stored) {
        for (Envelope envelope : stored) {
            if (envelope.facts().eventId().equals(event.facts().eventId())) {
                return envelope.stamp().position();
            }
        }
        throw new IllegalStateException("not stored: " + event.facts().eventId());
    }

    private static AppendOutcome clash(NewEvent event, Position position, boolean isSameContent) {
        return switch (event.idOrigin()) {
            case REQUEST -> new RequestIdReused(position);
            case CLIENT, SERVER -> new EventIdTaken(event.facts().eventId(), position, isSameContent);
        };
    }

    private static AppendedEvent appended(Envelope envelope) {
        return new AppendedEvent(
                envelope.facts().eventId(),
                envelope.facts().partitionKey(),
                envelope.stamp().sequence(),
                envelope.stamp().position(),
                envelope.stamp().recordedAt());
    }
}
