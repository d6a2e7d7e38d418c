package dev.foldlog.conformance.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * All calls of a run, each with the moments at which it began and ended by one clock, as lines of JSON. A call
 * of unknown outcome has no end. Thread-safe.
 */
public final class History {
    private final LongSupplier nanos;
    private final long origin;
    private final CountDownLatch middle;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    /** An empty history by a clock that never goes back; after {@code middle} calls it says so. */
    History(LongSupplier nanos, int middle) {
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        this.middle = new CountDownLatch(middle);
    }

    /** The time. */
    long now() {
        return nanos.getAsLong() - origin;
    }

    /** Adds a call that began at this time and has just ended. */
    void add(int client, Call call, long began, Outcome outcome) {
        long ended = now();
        String end = outcome instanceof Outcome.Unknown ? "" : ",\"return\":" + ended;
        lines.add("{\"client\":" + client + ",\"partition\":\"" + call.partition() + "\"," + asked(call) + ",\"call\":"
                + began + end + ',' + learnt(outcome) + '}');
        middle.countDown();
    }

    /** Waits until the middle is reached, at most this long; whether it is. */
    boolean awaitMiddle(Duration most) throws InterruptedException {
        return middle.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The plan and all calls, one line each. */
    public List<String> lines(HistoryPlan plan) {
        List<String> all = new ArrayList<>();
        all.add("{\"seed\":" + plan.seed() + ",\"clients\":" + plan.clients() + ",\"partitions\":" + plan.partitions()
                + ",\"operations\":" + plan.operationsOfAll() + '}');
        synchronized (lines) {
            all.addAll(lines);
        }
        return all;
    }

    private static String asked(Call call) {
        return switch (call) {
            case Call.Append it ->
                "\"op\":\"append\",\"id\":\"" + it.eventId() + '"' + number("expected", it.expected());
            case Call.Read _ -> "\"op\":\"read\"";
            case Call.Last _ -> "\"op\":\"last\"";
        };
    }

    private static String learnt(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Appended it ->
                "\"outcome\":\"ok\",\"sequence\":" + it.sequence() + ",\"replayed\":" + it.isReplayed();
            case Outcome.Conflict it -> "\"outcome\":\"conflict\",\"last\":" + it.lastSequence();
            case Outcome.Events it ->
                it.eventIds().stream()
                        .collect(Collectors.joining(
                                "\",\"",
                                "\"outcome\":\"ok\",\"last\":" + it.lastSequence() + ",\"ids\":["
                                        + (it.eventIds().isEmpty() ? "" : "\""),
                                it.eventIds().isEmpty() ? "]" : "\"]"));
            case Outcome.LastSequence it -> "\"outcome\":\"ok\",\"last\":" + it.lastSequence();
            case Outcome.Unknown _ -> "\"outcome\":\"unknown\"";
        };
    }

    private static String number(String name, OptionalLong value) {
        return value.isPresent() ? ",\"" + name + "\":" + value.getAsLong() : "";
    }
}
