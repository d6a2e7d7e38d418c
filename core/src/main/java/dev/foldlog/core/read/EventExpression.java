package dev.foldlog.core.read;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.expression.EventPredicate;
import dev.foldlog.core.expression.EventView;
import org.jspecify.annotations.Nullable;

/** The expression of a filter, compiled. Equal to another of the same source. Immutable. */
public final class EventExpression {
    private final String source;
    private final EventPredicate predicate;

    public EventExpression(String source, EventPredicate predicate) {
        this.source = requireNonNull(source, "source");
        this.predicate = requireNonNull(predicate, "predicate");
    }

    public String source() {
        return source;
    }

    /** Bytes that it holds in memory, about, but for the program, which others may share. */
    long sizeBytes() {
        return TextSize.bytes(source);
    }

    FilterMatch match(EventView event) {
        try {
            return predicate.test(event) ? FilterMatch.MATCHES : FilterMatch.DIFFERS;
        } catch (EvaluationException e) {
            return switch (e.kind()) {
                case NO_VALUE -> FilterMatch.FAILS;
                case OVER_BUDGET -> throw e;
            };
        }
    }

    EventExpression failingClosed() {
        return new EventExpression(source, event -> match(event) != FilterMatch.DIFFERS);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventExpression it && source.equals(it.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }
}
