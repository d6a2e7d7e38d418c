package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.store.EventReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reader found out about the {@link NoneMatching} conditions of an append before the writer takes
 * it, so that the writer looks only at what came since.
 *
 * @param through conditions were looked at up to here
 * @param firstMatches the first match by index of condition, where there is one
 */
record ConditionFindings(Position through, Map<Integer, Position> firstMatches) {
    /** Nothing to look at, or nothing looked at. */
    static final ConditionFindings NONE = new ConditionFindings(Position.NONE, Map.of());

    private static final PageLimit FIRST = new PageLimit(1, 1, false);

    ConditionFindings {
        firstMatches = Map.copyOf(firstMatches);
    }

    static boolean areNeededFor(List<Precondition> preconditions) {
        return preconditions.stream().anyMatch(NoneMatching.class::isInstance);
    }

    /** Looks with a reader, which may take long and holds nobody up. */
    static ConditionFindings look(EventReader reader, List<Precondition> preconditions) {
        Position head = reader.head();
        Map<Integer, Position> matches = new HashMap<>();
        for (int i = 0; i < preconditions.size(); i++) {
            if (preconditions.get(i) instanceof NoneMatching condition && head.isAfter(condition.after())) {
                Position match = firstMatch(
                        reader.readAll(new LogRead(condition.filter(), Direction.FORWARD, condition.after(), head)));
                if (match != null) {
                    matches.put(i, match);
                }
            }
        }
        return new ConditionFindings(head, matches);
    }

    /** The first event of a read, or null when it has none. */
    static @Nullable Position firstMatch(EventCursor cursor) {
        while (true) {
            EventPage page = cursor.next(FIRST);
            if (!page.events().isEmpty()) {
                return page.events().getFirst().position();
            }
            if (page.isLast()) {
                return null;
            }
        }
    }
}
