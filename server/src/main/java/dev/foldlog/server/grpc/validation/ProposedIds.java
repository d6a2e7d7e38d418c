package dev.foldlog.server.grpc.validation;

import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.v1.NewEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ids of one append's events: given, derived from the request's id, or made. Confined to one thread. */
final class ProposedIds {
    private static final int UUID_CHARS = 36;
    private static final String PATTERN = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    private final @Nullable UUID requestId;
    private final EventIds ids;
    private final Violations violations;
    private final Map<String, Integer> indexOfId = new HashMap<>();

    ProposedIds(String requestId, EventIds ids, Violations violations) {
        this.requestId = requestId.isEmpty() ? null : parsed(requestId, violations);
        this.ids = ids;
        this.violations = violations;
    }

    /** Who chooses the event's id. */
    IdOrigin origin(NewEvent event) {
        if (!event.getEventId().isEmpty()) {
            return IdOrigin.CLIENT;
        }
        return requestId == null ? IdOrigin.SERVER : IdOrigin.REQUEST;
    }

    /** The id of the event at this index; a violation when it is malformed or another event has it. */
    EventId id(NewEvent event, int index, FieldPath path) {
        if (!event.getEventId().isEmpty()) {
            TextRule.EVENT_ID.check(event.getEventId(), path, "event_id", violations);
            return once(new EventId(event.getEventId()), index, path);
        }
        return requestId == null ? ids.next() : once(EventIds.derived(requestId, index), index, path);
    }

    private EventId once(EventId id, int index, FieldPath path) {
        Integer earlier = indexOfId.putIfAbsent(id.text(), index);
        if (earlier != null) {
            violations.malformedText(
                    path.field("event_id"), id.text(), "another id than that of events[" + earlier + ']');
        }
        return id;
    }

    private static @Nullable UUID parsed(String text, Violations violations) {
        boolean isUuid = text.length() == UUID_CHARS;
        for (int i = 0; isUuid && i < UUID_CHARS; i++) {
            char c = text.charAt(i);
            isUuid = PATTERN.charAt(i) == '-' ? c == '-' : c < 0x80 && Character.digit(c, 16) >= 0;
        }
        if (!isUuid) {
            violations.malformedText(FieldPath.ROOT.field("request_id"), text, "a UUID, " + PATTERN);
            return null;
        }
        return UUID.fromString(text);
    }
}
