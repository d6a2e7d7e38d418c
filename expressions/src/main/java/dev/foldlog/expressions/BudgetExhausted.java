package dev.foldlog.expressions;

/**
 * The evaluation under way took too many steps, or was about to make too large a value. An Error, because CEL's
 * operators absorb exceptions ({@code failing || true} is true), and nothing may absorb this one.
 */
final class BudgetExhausted extends Error {
    BudgetExhausted(String message) {
        super(message, null, false, false);
    }
}
