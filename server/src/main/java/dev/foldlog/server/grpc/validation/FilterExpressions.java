package dev.foldlog.server.grpc.validation;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.foldlog.core.expression.Compilation;
import dev.foldlog.core.expression.Compilation.Compiled;
import dev.foldlog.core.expression.Compilation.Refused;
import dev.foldlog.core.expression.EventPredicate;
import dev.foldlog.core.expression.ExpressionEngine;
import dev.foldlog.core.expression.ExpressionLimits;
import dev.foldlog.core.read.EventExpression;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of filters, compiled; those used lately are kept, for callers repeat themselves: a retry, a read that
 * goes on, an append with the same condition. Compiling takes some milliseconds, and a second the first time: not for
 * an event loop. Thread-safe.
 */
public final class FilterExpressions {
    private static final int KEPT_MAX = 256;

    private final ExpressionEngine engine;

    @GuardedBy("this")
    private final Map<String, EventExpression> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, EventExpression> eldest) {
            return size() > KEPT_MAX;
        }
    };

    public FilterExpressions(ExpressionEngine engine) {
        this.engine = requireNonNull(engine, "engine");
    }

    public ExpressionLimits limits() {
        return engine.limits();
    }

    /** The source compiled; null, with violations, when it does not compile. */
    @Nullable
    EventExpression compile(String source, FieldPath path, Violations violations) {
        EventExpression known = known(source);
        if (known != null) {
            return known;
        }
        Compilation<EventPredicate> compilation = engine.predicate(source);
        return switch (compilation) {
            case Compiled<EventPredicate>(EventPredicate predicate) -> keep(new EventExpression(source, predicate));
            case Refused<EventPredicate>(var errors) -> {
                errors.forEach(error -> violations.expression(path, error));
                yield null;
            }
        };
    }

    private synchronized @Nullable EventExpression known(String source) {
        return kept.get(source);
    }

    private synchronized EventExpression keep(EventExpression expression) {
        kept.put(expression.source(), expression);
        return expression;
    }
}
