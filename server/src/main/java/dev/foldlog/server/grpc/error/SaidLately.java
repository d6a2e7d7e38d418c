package dev.foldlog.server.grpc.error;

import java.util.HashSet;
import java.util.Set;

/** What was logged lately, so that one fault that many calls meet is one line. Bounded. Thread-safe. */
final class SaidLately {
    private final int keptMax;
    private final Set<String> said = new HashSet<>();

    /** Forgets everything when so many different things were said. */
    SaidLately(int keptMax) {
        this.keptMax = keptMax;
    }

    /** Whether this is said for the first time, as far as is remembered. */
    synchronized boolean isNew(String text) {
        if (said.contains(text)) {
            return false;
        }
        if (said.size() >= keptMax) {
            said.clear();
        }
        return said.add(text);
    }
}
