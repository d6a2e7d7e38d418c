package dev.foldlog.store.memory;

import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendedEvent;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out whether an append is a repeat of a stored one. For the holder of the store's lock only. */
final class RepeatCheck {
    private final Contents contents;
    private final EventCodec codec;

    RepeatCheck(Contents contents, EventCodec codec) {
        this.contents = contents;
        this.codec = codec;
    }

    /**
     * Null when no id is known: the append is new. When all are, with the same content: the first answer
     * again. Anything else is a clash, of the request's id where it gave the event its id.
     */
    @Nullable
    AppendOutcome judge(List<NewEvent> events) {
        List<Entry> stored = new ArrayList<>();
        NewEvent known = null;
        Position place = Position.NONE;
        for (NewEvent event : events) {
            Entry entry = event.idOrigin() == IdOrigin.SERVER
                    ? null
                    : contents.find(event.facts().eventId());
            if (entry == null) {
                continue;
            }
            if (!codec.isRepeat(event, entry.event())) {
                return clash(event, entry.position(), false);
            }
            if (known == null || event.idOrigin() == IdOrigin.REQUEST) {
                known = event;
                place = entry.position();
            }
            stored.add(entry);
        }
        if (known == null) {
            return null;
        }
        boolean isWhole = stored.size() == events.size()
                && (events.stream().noneMatch(it -> it.idOrigin() == IdOrigin.REQUEST) || areOneAppend(stored));
        return isWhole
                ? new AppendOutcome.Appended(
                        stored.stream().map(RepeatCheck::appended).toList(), true)
                : clash(known, place, true);
    }

    /** Whether these are the events of one append, all of them and in its order. */
    private boolean areOneAppend(List<Entry> stored) {
        Position first = stored.getFirst().transaction();
        List<Entry> ofAppend = contents.log().stream()
                .skip(first.value() - 1)
                .takeWhile(it -> it.transaction().equals(first))
                .toList();
        return stored.equals(ofAppend);
    }

    private static AppendOutcome clash(NewEvent event, Position position, boolean isSameContent) {
        return switch (event.idOrigin()) {
            case REQUEST -> new AppendOutcome.RequestIdReused(position);
            case CLIENT, SERVER -> new AppendOutcome.EventIdTaken(event.facts().eventId(), position, isSameContent);
        };
    }

    static AppendedEvent appended(Entry entry) {
        return new AppendedEvent(
                entry.id(), entry.partitionKey(), entry.sequence(), entry.position(), entry.recordedAt());
    }
}
