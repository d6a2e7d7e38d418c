package dev.foldlog.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a client behaves. Immutable; start from {@link #STANDARD}.
 *
 * @param deadline how long a call may take with all its tries; reads and subscriptions have none as a whole
 * @param tryDeadline how long one try may take, after which its outcome counts as unknown
 * @param silenceMax how long a read waits for its next batch before the connection counts as broken
 * @param retry tries and pauses of calls and reads; subscriptions use its pauses and never give up
 * @param rerunsMax how often the function of {@link Foldlog#withTransaction} runs again after a conflict
 */
public record ClientOptions(
        Duration deadline, Duration tryDeadline, Duration silenceMax, RetryPolicy retry, int rerunsMax) {
    /** 30 s for a call and 10 s for one try of it, 30 s of silence, five tries, five reruns. */
    public static final ClientOptions STANDARD = new ClientOptions(
            Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(30), RetryPolicy.STANDARD, 5);

    public ClientOptions {
        requirePositive(deadline, "deadline");
        requirePositive(tryDeadline, "tryDeadline");
        requirePositive(silenceMax, "silenceMax");
        requireNonNull(retry, "retry");
        if (rerunsMax < 0) {
            throw new IllegalArgumentException("rerunsMax: " + rerunsMax + " (expected: >= 0)");
        }
    }

    /** The same with other deadlines. */
    public ClientOptions withDeadlines(Duration call, Duration oneTry) {
        return new ClientOptions(call, oneTry, silenceMax, retry, rerunsMax);
    }

    /** The same with another patience for silent reads. */
    public ClientOptions withSilenceMax(Duration silence) {
        return new ClientOptions(deadline, tryDeadline, silence, retry, rerunsMax);
    }

    /** The same with other tries and pauses. */
    public ClientOptions withRetry(RetryPolicy policy) {
        return new ClientOptions(deadline, tryDeadline, silenceMax, policy, rerunsMax);
    }

    /** The same with another number of reruns. */
    public ClientOptions withRerunsMax(int reruns) {
        return new ClientOptions(deadline, tryDeadline, silenceMax, retry, reruns);
    }

    private static void requirePositive(Duration value, String name) {
        requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
