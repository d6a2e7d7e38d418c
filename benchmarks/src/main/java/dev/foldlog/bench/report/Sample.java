package dev.foldlog.bench.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What one round of one contestant came to. Immutable. */
public record Sample(Map<Metric, Double> values) {
    public Sample {
        EnumMap<Metric, Double> copy = new EnumMap<>(Metric.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A sample that is being put together. */
    public static final class Builder {
        private final EnumMap<Metric, Double> values = new EnumMap<>(Metric.class);

        private Builder() {}

        public Builder with(Metric metric, double value) {
            values.put(metric, value);
            return this;
        }

        public Sample build() {
            return new Sample(values);
        }
    }
}
