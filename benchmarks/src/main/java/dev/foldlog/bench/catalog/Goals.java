package dev.foldlog.bench.catalog;

import static dev.foldlog.bench.report.Goal.Figure.median;
import static dev.foldlog.bench.report.Goal.Figure.none;
import static dev.foldlog.bench.report.Goal.Figure.ratio;
import static dev.foldlog.bench.report.Goal.atLeast;
import static dev.foldlog.bench.report.Goal.atMost;

import dev.foldlog.bench.growth.GrowthNames;
import dev.foldlog.bench.limits.InsertsInC;
import dev.foldlog.bench.measure.Entrant;
import dev.foldlog.bench.peers.UmaDb;
import dev.foldlog.bench.report.Goal;
import dev.foldlog.bench.report.Metric;
import java.util.List;

/** What is aimed for, for time-ordered ids and 10,000 partitions. */
public final class Goals {
    private static final String OWN = Entrant.FOLDLOG;

    private Goals() {}

    /** The goals, in the order of the table. */
    public static List<Goal> all() {
        return List.of(
                atLeast(0.85, "insert by the writer, by C's rate, 100 a commit", rate("insert", InsertsInC.NAME)),
                atLeast(
                        0.8,
                        "durable appends in process, 128 callers, by C's rate at the same batch",
                        rate("append-in-process", InsertsInC.NAME)),
                atLeast(2, "durable single appends over gRPC, 128 callers, by UmaDB's rate", rate("append-grpc-128")),
                atLeast(1.5, "the same, 1,024 callers", rate("append-grpc-1024")),
                atMost(0.8, "p99 of the same, 128 callers, by UmaDB's", own("append-grpc-128", Metric.p99_ms)),
                atMost(0.7, "server CPU of a durable single append, 128 callers, by UmaDB's", cpu("append-grpc-128")),
                atMost(1, "server CPU of an event in appends of 100 over gRPC, by UmaDB's", cpu("append-100-grpc")),
                atMost(1, "server CPU of an event in read-all over gRPC, by UmaDB's", cpu("read-all-grpc")),
                atLeast(0.7, "appends with one CEL sync projection, by the rate without", none()),
                atLeast(100_000, "events/s a core of an async projection's catch-up and of a rebuild", none()),
                atLeast(
                        0.75,
                        "append rate at 10 million events, by that at none",
                        ratio(
                                GrowthNames.APPEND,
                                Metric.events_per_s,
                                GrowthNames.size(10_000_000),
                                GrowthNames.size(0))),
                atMost(
                        1.2,
                        "readStreamSince in a partition of 1 million, by the time in one of 1 thousand",
                        ratio("read-since-grpc", Metric.micros_per_call, "of 1 million", "of 1 thousand")),
                atMost(700, "start to serving, ms", median("start", Metric.start_ms, OWN)),
                atMost(120, "resident memory idle, MiB", median("start", Metric.rss_mib, OWN)),
                atMost(2, "append to subscriber, one client, p50, ms", median("lag", Metric.p50_ms, OWN)));
    }

    private static Goal.Figure rate(String measure) {
        return rate(measure, UmaDb.NAME);
    }

    private static Goal.Figure rate(String measure, String other) {
        return ratio(measure, Metric.events_per_s, OWN, other);
    }

    private static Goal.Figure cpu(String measure) {
        return own(measure, Metric.cpu_us_per_event);
    }

    private static Goal.Figure own(String measure, Metric metric) {
        return ratio(measure, metric, OWN, UmaDb.NAME);
    }
}
