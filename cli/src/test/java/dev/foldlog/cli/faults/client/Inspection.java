package dev.foldlog.cli.faults.client;

import dev.foldlog.cli.faults.client.Violation.Rule;
import dev.foldlog.v1.RecordedEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a data folder through a server again and again: the invariants, that what was seen once stays,
 * and that the followers saw all of it. Confined to the test's thread.
 */
public final class Inspection {
    private final Journal journal;
    private final List<Follower> followers;
    private List<Sighting> before = List.of();

    public Inspection(Journal journal, List<Follower> followers) {
        this.journal = journal;
        this.followers = List.copyOf(followers);
    }

    /** What is wrong now. Followers that follow are waited for. */
    public List<Violation> violations(ServerClient client) {
        List<RecordedEvent> stored = client.readAll();
        long head = client.info().getHeadPosition();
        List<Violation> found = new ArrayList<>(Invariants.violations(journal.attempts(), stored));
        found.addAll(history(Sighting.ofAll(stored)));
        long last = stored.isEmpty() ? 0 : stored.getLast().getPosition();
        if (head != last) {
            found.add(new Violation(Rule.POSITIONS_GROW, "head " + head + ", last event " + last));
        }
        for (Follower follower :
                followers.stream().filter(Follower::isFollowing).toList()) {
            follower.awaitPosition(last);
            found.addAll(follower.violations(stored));
        }
        found.addAll(Counts.violations(client, stored));
        return found;
    }

    /** How many events were stored at the last look. */
    public int stored() {
        return before.size();
    }

    private List<Violation> history(List<Sighting> now) {
        boolean isKept =
                now.size() >= before.size() && now.subList(0, before.size()).equals(before);
        before = now;
        return isKept ? List.of() : List.of(new Violation(Rule.HISTORY_STAYS, "what was read before has changed"));
    }
}
