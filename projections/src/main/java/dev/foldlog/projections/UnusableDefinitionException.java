package dev.foldlog.projections;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.expression.ExpressionError;
import java.util.List;

/**
 * A definition that cannot be run.
 *
 * <p>{@link #field} is the part of the definition, such as {@code cel.apply}; {@link #errors} are those of an
 * expression, none when the reason is another.
 */
public final class UnusableDefinitionException extends RuntimeException {
    private final String field;
    private final List<ExpressionError> errors;

    UnusableDefinitionException(String field, String message, List<ExpressionError> errors) {
        super(message, null, false, false);
        this.field = requireNonNull(field, "field");
        this.errors = List.copyOf(errors);
    }

    public String field() {
        return field;
    }

    public List<ExpressionError> errors() {
        return errors;
    }
}
