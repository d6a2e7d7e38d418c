package dev.foldlog.store.sqlite;

import java.util.ArrayList;
import java.util.List;

/** What a check found wrong: the first few in words, the rest counted. */
final class Findings {
    private static final int SHOWN_MAX = 5;

    private final List<String> shown = new ArrayList<>();
    private long count;

    void add(String finding) {
        count++;
        if (shown.size() < SHOWN_MAX) {
            shown.add(finding);
        }
    }

    CheckOutcome outcome(String check, String whenPassed) {
        if (count == 0) {
            return new CheckOutcome(check, true, whenPassed);
        }
        String more = count > shown.size() ? "; and " + (count - shown.size()) + " more" : "";
        return new CheckOutcome(check, false, String.join("; ", shown) + more);
    }
}
