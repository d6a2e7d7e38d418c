package dev.foldlog.bench.process;

import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a program says that it did: {@code name=value} with spaces between. */
public record Said(Map<String, String> values) {
    private static final List<Metric> WAITS = List.of(Metric.p50_ms, Metric.p99_ms, Metric.max_ms);

    public Said {
        values = Map.copyOf(values);
    }

    public static Said of(String line) {
        Map<String, String> values = new HashMap<>();
        for (String word : line.strip().split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("said: " + line + " (expected: name=value)");
            }
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new Said(values);
    }

    public double number(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("said: " + values + " (expected: " + name + ')');
        }
        return Double.parseDouble(value);
    }

    /** What every program says: events, seconds and, if it does, waits. */
    public Sample.Builder sample() {
        double events = number("events");
        Sample.Builder sample =
                Sample.builder().with(Metric.events, events).with(Metric.events_per_s, events / number("seconds"));
        WAITS.stream().filter(it -> values.containsKey(it.name())).forEach(it -> sample.with(it, number(it.name())));
        return sample;
    }
}
