package dev.foldlog.store.sqlite;

import static java.util.Objects.requireNonNull;

/**
 * What one check of a {@link SqliteVerification} found.
 *
 * @param check its name
 * @param isPassed whether everything was in order
 * @param message how much was looked at, or the first of what is wrong and how much there is of it
 */
public record CheckOutcome(String check, boolean isPassed, String message) {
    public CheckOutcome {
        requireNonNull(check, "check");
        requireNonNull(message, "message");
    }
}
