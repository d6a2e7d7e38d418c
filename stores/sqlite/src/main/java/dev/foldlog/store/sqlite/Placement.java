package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.AppendedEvent;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the events of an append will go when they are staged next. Confined to the writer's thread. */
final class Placement {
    private final WriterSession session;

    Placement(WriterSession session) {
        this.session = session;
    }

    /** A stamp for each event, in their order; nothing is staged. */
    List<Stamp> of(List<NewEvent> events, Instant recordedAt) throws SQLException {
        Position first = new Position(session.last().value() + 1);
        Map<String, Sequence> last = new HashMap<>();
        List<Stamp> stamps = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            String key = event.facts().partitionKey();
            Sequence before = last.get(key);
            Sequence sequence = (before == null ? session.lastSequence(key) : before).next();
            last.put(key, sequence);
            stamps.add(new Stamp(new Position(first.value() + stamps.size()), sequence, recordedAt, first));
        }
        return stamps;
    }

    static AppendedEvent appended(NewEvent event, Stamp stamp) {
        return new AppendedEvent(
                event.facts().eventId(),
                event.facts().partitionKey(),
                stamp.sequence(),
                stamp.position(),
                stamp.recordedAt());
    }
}
