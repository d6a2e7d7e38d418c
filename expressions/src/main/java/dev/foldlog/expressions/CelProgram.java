package dev.foldlog.expressions;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.expression.EvaluationException.Kind;
import dev.foldlog.core.expression.ExpressionLimits;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A compiled source, which is evaluated within a budget. Immutable, thread-safe. */
final class CelProgram {
    private static final int MESSAGE_CHARS_MAX = 200;
    private static final Pattern PLACE = Pattern.compile("^evaluation error( at [^ ]*)?: ");

    private final CelRuntime.Program program;
    private final ExpressionLimits limits;

    CelProgram(CelRuntime.Program program, ExpressionLimits limits) {
        this.program = program;
        this.limits = limits;
    }

    /** The value for these variables, made into something else within the same budget. */
    <T extends @Nullable Object> T evaluate(CelVariableResolver variables, Function<Object, T> use) {
        return evaluate(variables, use, new Budget(limits));
    }

    /** As {@link #evaluate(CelVariableResolver, Function)}, with a budget that the caller sees. */
    <T extends @Nullable Object> T evaluate(CelVariableResolver variables, Function<Object, T> use, Budget budget) {
        try {
            return budget.during(() -> use.apply(value(variables, budget)));
        } catch (BudgetExhausted e) {
            throw new EvaluationException(Kind.OVER_BUDGET, String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            throw new EvaluationException(Kind.OVER_BUDGET, "nested too deeply");
        } catch (IllegalArgumentException e) {
            throw new EvaluationException(Kind.NO_VALUE, shown(e));
        }
    }

    private Object value(CelVariableResolver variables, Budget budget) {
        try {
            return program.trace(variables, budget);
        } catch (CelEvaluationException e) {
            throw new EvaluationException(Kind.NO_VALUE, shown(e));
        }
    }

    private static String shown(Exception failure) {
        String message = PLACE.matcher(
                        String.valueOf(failure.getMessage()).lines().findFirst().orElse("no value"))
                .replaceFirst("");
        return message.length() <= MESSAGE_CHARS_MAX
                ? message
                : message.substring(0, message.offsetByCodePoints(0, message.codePointCount(0, MESSAGE_CHARS_MAX) - 1))
                        + '…';
    }
}
