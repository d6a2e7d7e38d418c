package dev.foldlog.bench.growth;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Names of the measures of growth; their contestants are sizes of the store. */
public final class GrowthNames {
    public static final String APPEND = "growth-append";
    static final String FILL = "growth-fill";
    static final String READ_STREAM = "growth-read-stream";
    static final String READ_SINCE = "growth-read-since";
    static final String RARE_ACTION = "growth-rare-action";
    static final String RARE_TAG = "growth-rare-tag";
    static final String SUBSCRIBE = "growth-subscribe";
    static final String VERIFY = "growth-verify";

    /** A line about each. */
    public static final Map<String, String> ABOUTS = abouts();

    private static final int MILLION = 1_000_000;

    private GrowthNames() {}

    /** A size as the report calls it. */
    public static String size(int events) {
        return events >= MILLION && events % MILLION == 0
                ? events / MILLION + " million"
                : String.format(Locale.ROOT, "%,d", events);
    }

    private static Map<String, String> abouts() {
        Map<String, String> abouts = new LinkedHashMap<>();
        abouts.put(
                FILL,
                "filling through the store's port, 1,000 events an append, synchronous=NORMAL: a quarter of the events"
                        + " in 10 long partitions, the rest in a million at random, a tag on each tenth. SQLite's caches are as by default"
                        + " (the writer's 32 MiB, a reader's 8 MiB), the operating system's is not limited");
        abouts.put(APPEND, "durable single appends over gRPC, 128 callers, standard load, into a store of that size");
        abouts.put(READ_STREAM, "ReadStream of the first 20 events of a long partition over gRPC, one reader");
        abouts.put(READ_SINCE, "ReadStreamSince, the newest 100 events of a long partition over gRPC, one reader");
        abouts.put(
                RARE_ACTION,
                "ReadAll over gRPC of the events with an action that 1 of 10,000 has, one reader: a scan of the whole"
                        + " log, so µs/call grows with it");
        abouts.put(RARE_TAG, "ReadAll over gRPC of the newest 20 events with a tag that 1 of 10,000 has, one reader");
        abouts.put(SUBSCRIBE, "SubscribeAll from the head over gRPC until it is confirmed, one subscriber");
        abouts.put(VERIFY, "all checks of verify over the stopped store");
        return abouts;
    }
}
