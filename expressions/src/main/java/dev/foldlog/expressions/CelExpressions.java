package dev.foldlog.expressions;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.cel.common.types.CelKind;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelVariableResolver;
import dev.foldlog.core.expression.Compilation;
import dev.foldlog.core.expression.Compilation.Compiled;
import dev.foldlog.core.expression.Compilation.Refused;
import dev.foldlog.core.expression.EventFold;
import dev.foldlog.core.expression.EventKeys;
import dev.foldlog.core.expression.EventPredicate;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.expression.ExpressionEngine;
import dev.foldlog.core.expression.ExpressionLimits;
import dev.foldlog.core.expression.UpcasterStep;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The engine of CEL, the Common Expression Language. Loads CEL when the first source is compiled, not before: a server that
 * is never asked starts without it. Thread-safe.
 */
public final class CelExpressions implements ExpressionEngine {
    // Raise the last number when the meaning of a source changes by our own rules or functions.
    private static final String VERSION = "cel-java-0.14.0/1";

    private final ExpressionLimits limits;

    @GuardedBy("this")
    private @Nullable Cel cel;

    public CelExpressions(ExpressionLimits limits) {
        this.limits = requireNonNull(limits, "limits");
    }

    /** An engine with the limits of a server that was told nothing. */
    public static CelExpressions standard() {
        return new CelExpressions(ExpressionLimits.standard());
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public ExpressionLimits limits() {
        return limits;
    }

    @Override
    public Compilation<EventPredicate> predicate(String source) {
        return made(
                cel().compile(source, Cel.Scope.EVENT, Set.of(CelKind.BOOL, CelKind.DYN)),
                program -> event -> program.evaluate(of(event), Values::truth));
    }

    @Override
    public Compilation<EventKeys> keys(String source) {
        return made(
                cel().compile(source, Cel.Scope.EVENT, Set.of(CelKind.STRING, CelKind.LIST, CelKind.DYN)),
                program -> event -> program.evaluate(of(event), Values::texts));
    }

    @Override
    public Compilation<EventFold> fold(String source) {
        return made(
                cel().compile(source, Cel.Scope.EVENT_AND_STATE, Set.of(CelKind.MAP, CelKind.NULL_TYPE, CelKind.DYN)),
                program -> (event, state) -> {
                    JsonObject read = JsonReading.object(state);
                    return program.evaluate(of(event, "state", read), this::state);
                });
    }

    @Override
    public Compilation<UpcasterStep> upcasterStep(String source) {
        return made(
                cel().compile(source, Cel.Scope.EVENT_AND_PAYLOAD, Set.of(CelKind.MAP, CelKind.DYN)),
                program -> event -> program.evaluate(
                        of(event, "payload", EventValue.of(event).payload()),
                        value -> json(value).getBytes(StandardCharsets.UTF_8)));
    }

    private @Nullable String state(Object value) {
        return value instanceof NullValue ? null : json(value);
    }

    private String json(Object value) {
        return JsonWriting.object(Values.map(value), limits.textCharsMax());
    }

    private synchronized Cel cel() {
        if (cel == null) {
            cel = new Cel(limits);
        }
        return cel;
    }

    private static <T> Compilation<T> made(Compilation<CelProgram> compilation, Function<CelProgram, T> making) {
        return switch (compilation) {
            case Compiled<CelProgram>(CelProgram program) -> new Compiled<>(making.apply(program));
            case Refused<CelProgram>(var errors) -> new Refused<>(errors);
        };
    }

    private static CelVariableResolver of(EventView event) {
        EventValue value = EventValue.of(event);
        return name -> Optional.of(value);
    }

    private static CelVariableResolver of(EventView event, String variable, @Nullable JsonObject other) {
        EventValue value = EventValue.of(event);
        return name -> name.equals(variable) ? Optional.ofNullable(other) : Optional.of(value);
    }
}
