package dev.foldlog.bench.report;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every figure of one or several runs, with what is to be known of them. Confined to one thread. */
public final class RawNumbers {
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Set<String> missing = new LinkedHashSet<>();

    /** One figure of one round. */
    public record Row(String measure, String contestant, int round, Metric metric, double value) {
        public Row {
            requireNonNull(measure, "measure");
            requireNonNull(contestant, "contestant");
            requireNonNull(metric, "metric");
        }
    }

    public void add(Row row) {
        rows.add(row);
    }

    public void add(String measure, String contestant, int round, Sample sample) {
        sample.values().forEach((metric, value) -> rows.add(new Row(measure, contestant, round, metric, value)));
    }

    public void fact(String name, String text) {
        facts.put(name, text);
    }

    /** Somebody took no part. */
    public void missing(String text) {
        missing.add(text);
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    public Map<String, String> facts() {
        return new LinkedHashMap<>(facts);
    }

    public List<String> missing() {
        return List.copyOf(missing);
    }

    /** Measures in the order in which they came. */
    public List<String> measures() {
        return rows.stream().map(Row::measure).distinct().toList();
    }

    public List<String> contestants(String measure) {
        return rows.stream()
                .filter(it -> it.measure.equals(measure))
                .map(Row::contestant)
                .distinct()
                .toList();
    }

    /** A figure over its rounds, if it was measured. */
    public Optional<Spread> spread(String measure, String contestant, Metric metric) {
        List<Double> values = rows.stream()
                .filter(it -> it.measure.equals(measure) && it.contestant.equals(contestant) && it.metric == metric)
                .map(Row::value)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }
}
