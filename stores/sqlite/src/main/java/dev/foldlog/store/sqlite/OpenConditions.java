package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.FilterMatch;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The {@link NoneMatching} conditions of an append that no event has matched yet: first looked up in the
 * log, then tested in memory against the events that come, in order. Confined to one thread.
 */
final class OpenConditions {
    private static final PageLimit FIRST = new PageLimit(1, 1, false);

    private final List<Open> open = new ArrayList<>();
    private final Map<Integer, Position> firstMatches;

    /** Conditions that were looked at before, and only what came since is left. */
    OpenConditions(List<Precondition> preconditions, ConditionFindings before) {
        this.firstMatches = new HashMap<>(before.firstMatches());
        for (int i = 0; i < preconditions.size(); i++) {
            if (preconditions.get(i) instanceof NoneMatching condition && !firstMatches.containsKey(i)) {
                boolean isLater = condition.after().isAfter(before.through());
                open.add(new Open(i, condition, isLater ? condition.after() : before.through()));
            }
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Whether payloads have to be looked at too. */
    boolean haveExpression() {
        return open.stream().anyMatch(it -> it.condition.filter().hasExpression());
    }

    /** What is still to be met: everything after this. */
    Position after() {
        return open.stream().map(Open::after).min(Position::compareTo).orElse(Position.NONE);
    }

    /** Looks each of them up on its own, by a read of its filter up to a position. */
    void lookUp(Position through, Function<LogRead, EventCursor> reading) {
        open.removeIf(it -> through.isAfter(it.after)
                && isFound(
                        it,
                        firstMatch(reading.apply(
                                new LogRead(it.condition.filter(), Direction.FORWARD, it.after, through)))));
    }

    /** Tests all of them against the next event, which has its payload where one of them has an expression. */
    void meet(EventView event) {
        Position position = event.envelope().stamp().position();
        open.removeIf(it -> position.isAfter(it.after)
                && it.condition.filter().match(event) == FilterMatch.MATCHES
                && isFound(it, position));
    }

    private boolean isFound(Open condition, @Nullable Position match) {
        if (match == null) {
            return false;
        }
        firstMatches.put(condition.index, match);
        return true;
    }

    private static @Nullable Position firstMatch(EventCursor cursor) {
        EventPage page = cursor.next(FIRST);
        while (page.events().isEmpty() && !page.isLast()) {
            page = cursor.next(FIRST);
        }
        return page.events().isEmpty() ? null : page.events().getFirst().position();
    }

    /** The first match by index of condition, where there is one. */
    Map<Integer, Position> firstMatches() {
        return firstMatches;
    }

    /** One of them. */
    private record Open(int index, NoneMatching condition, Position after) {}
}
