package dev.foldlog.core.expression;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What came of compiling a source. */
public sealed interface Compilation<T> {
    /** It is a program. */
    record Compiled<T>(T program) implements Compilation<T> {
        public Compiled {
            requireNonNull(program, "program");
        }
    }

    /** It is none: these errors, in order of their places, at least one. */
    record Refused<T>(List<ExpressionError> errors) implements Compilation<T> {
        public Refused {
            errors = List.copyOf(errors);
            if (errors.isEmpty()) {
                throw new IllegalArgumentException("errors: none (expected: at least one)");
            }
        }
    }
}
