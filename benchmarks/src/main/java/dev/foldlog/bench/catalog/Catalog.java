package dev.foldlog.bench.catalog;

import dev.foldlog.bench.growth.GrowthNames;
import dev.foldlog.bench.measure.Entrant;
import dev.foldlog.bench.measure.LiveTails;
import dev.foldlog.bench.measure.Measure;
import dev.foldlog.bench.measure.ReadAllOverGrpc;
import dev.foldlog.bench.measure.StartAndIdle;
import dev.foldlog.bench.measure.StreamReads;
import dev.foldlog.bench.peers.EventSourcing;
import dev.foldlog.bench.peers.PostgresTable;
import dev.foldlog.bench.peers.UmaDb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All measures, in the order of the report. A further one is a further line here. */
public final class Catalog {
    private static final Set<String> PEERS = Set.of(UmaDb.NAME, EventSourcing.NAME, PostgresTable.NAME);

    private Catalog() {}

    /** The measures. */
    public static List<Measure> measures() {
        List<Measure> all = new ArrayList<>();
        all.addAll(InProcess.measures());
        all.addAll(OverGrpc.measures());
        all.add(new Measure(
                "read-all-grpc",
                "one reader over gRPC: all of 200,000 events of the standard load, again and again",
                List.of(
                        ReadAllOverGrpc.entrant(OverGrpc.OWN, 200_000),
                        ReadAllOverGrpc.entrant(new UmaDb(), 200_000))));
        all.add(new Measure(
                "read-stream-grpc",
                "one reader over gRPC: a whole partition, again and again",
                List.of(StreamReads.whole("of 20 events", 20), StreamReads.whole("of 1,000 events", 1_000))));
        all.add(new Measure(
                "read-since-grpc",
                "one reader over gRPC: ReadStreamSince, the newest 100 events of a partition, again and again",
                List.of(
                        StreamReads.since("of 1 thousand", 1_000, 100),
                        StreamReads.since("of 1 million", 1_000_000, 100))));
        all.add(new Measure(
                "start",
                "the launcher with its defaults over an empty folder: until it serves, and its memory 3 s later",
                List.of(StartAndIdle.entrant())));
        all.add(tails("lag", 1, 200, false));
        for (int subscribers : new int[] {1, 10, 100, 1_000}) {
            all.add(tails("tails-all-" + subscribers, subscribers, 500, false));
            all.add(tails("tails-rare-" + subscribers, subscribers, 5_000, true));
        }
        return List.copyOf(all);
    }

    /** A line about each measure, by its name; those of growth too. */
    public static Map<String, String> abouts() {
        Map<String, String> abouts = new LinkedHashMap<>(GrowthNames.ABOUTS);
        measures().forEach(it -> abouts.put(it.name(), it.about()));
        return abouts;
    }

    /** Whether somebody who typed this means the measure: by its name, or by the start of several names. */
    public static boolean isMeant(String typed, Measure measure) {
        boolean isName = measures().stream().anyMatch(it -> it.name().equals(typed));
        return isName ? measure.name().equals(typed) : measure.name().startsWith(typed);
    }

    /** The measure without those that a registry would have to bring. */
    public static Measure withoutPeers(Measure measure) {
        return measure.only(measure.entrants().stream()
                .map(Entrant::name)
                .filter(it -> !PEERS.contains(it))
                .toList());
    }

    private static Measure tails(String name, int subscribers, int perSecond, boolean isRareOnly) {
        return new Measure(
                name,
                subscribers + " subscriber(s) of " + (isRareOnly ? "1 % of the events" : "all events")
                        + " over gRPC while " + perSecond + " single appends a second come, standard load, durable;"
                        + " waits are from the append's intended time to the arrival",
                List.of(LiveTails.entrant(new LiveTails.Work(subscribers, perSecond, isRareOnly))));
    }
}
