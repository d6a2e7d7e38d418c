package dev.foldlog.cli.faults.client;

import dev.foldlog.cli.faults.client.Outcome.Acked;
import dev.foldlog.cli.faults.client.Outcome.Refused;
import dev.foldlog.v1.AppendRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An append as it was meant, and what its caller was told, try by try. Thread-safe. */
public final class Attempt {
    /** Refusals that come from looking at the stored events: an earlier try of the same ids was not stored. */
    private static final String CONFLICT = "CONCURRENCY_CONFLICT";

    private final AppendRequest request;
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    Attempt(AppendRequest request) {
        this.request = request;
    }

    /** What the answers so far demand of the store. */
    public enum Fate {
        /** It was acknowledged: it must be there. */
        STORED,
        /** Every try was refused: nothing of it may be there. */
        ABSENT,
        /** Nobody knows: it is there whole, or not at all. */
        OPEN
    }

    AppendRequest request() {
        return request;
    }

    void answered(Outcome outcome) {
        outcomes.add(outcome);
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** What must be true of it now. */
    public Fate fate() {
        List<Outcome> told = outcomes();
        if (told.stream().anyMatch(Acked.class::isInstance)) {
            return Fate.STORED;
        }
        boolean isRefused = !told.isEmpty()
                && (told.stream().allMatch(Refused.class::isInstance)
                        || told.getLast().equals(new Refused(CONFLICT)));
        return isRefused ? Fate.ABSENT : Fate.OPEN;
    }

    @Override
    public String toString() {
        return "append of " + request.getEventsCount() + " events from "
                + request.getEvents(0).getEventId() + ", told "
                + outcomes.stream()
                        .map(outcome -> outcome instanceof Acked acked
                                ? "Acked[" + acked.response().getPosition() + ']'
                                : outcome.toString())
                        .toList();
    }
}
