package dev.foldlog.projections;

import java.util.List;

/** What a build changes: keys that appear, vanish, or have another state; and the first of them in key order. */
public record StateDiff(long added, long removed, long changed, List<String> sampleKeys) {
    /** So many keys are shown. */
    public static final int SAMPLES_MAX = 20;

    public StateDiff {
        sampleKeys = List.copyOf(sampleKeys);
    }
}
