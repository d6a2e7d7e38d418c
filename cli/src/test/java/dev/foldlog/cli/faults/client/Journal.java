package dev.foldlog.cli.faults.client;

import dev.foldlog.cli.faults.client.Attempt.Fate;
import dev.foldlog.cli.faults.client.Outcome.Acked;
import dev.foldlog.v1.AppendRequest;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Every append that was tried on one data folder, kept outside the process that is harmed. An append is
 * noted before it is sent. Thread-safe.
 */
public final class Journal {
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

    Attempt begin(AppendRequest request) {
        Attempt attempt = new Attempt(request);
        attempts.add(attempt);
        return attempt;
    }

    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** The appends of which nobody knows whether they are stored. */
    public List<Attempt> open() {
        return attempts.stream().filter(attempt -> attempt.fate() == Fate.OPEN).toList();
    }

    public long count(Fate fate) {
        return attempts.stream().filter(attempt -> attempt.fate() == fate).count();
    }

    /** How many tries ended with this reason. */
    public long countAnswered(String reason) {
        return attempts.stream()
                .flatMap(attempt -> attempt.outcomes().stream())
                .filter(outcome -> switch (outcome) {
                    case Acked _ -> false;
                    case Outcome.Refused refused -> refused.reason().equals(reason);
                    case Outcome.Unknown unknown -> unknown.reason().equals(reason);
                })
                .count();
    }

    /** Sends every append again of which nobody knows whether it is stored, with the same ids. */
    public Retries retryOpen(ServerClient client) {
        int acked = 0;
        int found = 0;
        int refused = 0;
        for (Attempt attempt : open()) {
            switch (client.append(attempt)) {
                case Acked answer -> {
                    acked++;
                    found += answer.response().getReplayed() ? 1 : 0;
                }
                case Outcome.Refused _ -> refused++;
                case Outcome.Unknown _ -> {}
            }
        }
        return new Retries(acked, found, refused);
    }

    /** One line for the log. */
    public String summary() {
        return count(Fate.STORED) + " acked, " + count(Fate.OPEN) + " unknown, " + count(Fate.ABSENT) + " refused";
    }

    /**
     * What retries were answered.
     *
     * @param acked acknowledged now
     * @param found of those, stored by the first try already
     * @param refused refused now: a precondition no longer holds
     */
    public record Retries(int acked, int found, int refused) {}
}
