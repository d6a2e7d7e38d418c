package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.event.Position;
import java.util.List;
import java.util.Map;

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

    ConditionFindings {
        firstMatches = Map.copyOf(firstMatches);
    }

    static boolean areNeededFor(List<Precondition> preconditions) {
        return preconditions.stream().anyMatch(NoneMatching.class::isInstance);
    }
}
