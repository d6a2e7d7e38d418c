package dev.foldlog.bench.load;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long calls took, to three digits. Thread-safe. */
public final class Latencies {
    private static final long MAX_NANOS = 600_000_000_000L;
    private static final double NANOS_OF_MILLI = 1e6;

    private final Histogram histogram = new ConcurrentHistogram(1_000, MAX_NANOS, 3);

    /** One call, from when it was meant to begin to when it was answered. */
    public void record(long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, MAX_NANOS));
    }

    public long count() {
        return histogram.getTotalCount();
    }

    public double millisAt(double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_OF_MILLI;
    }

    public double maxMillis() {
        return histogram.getMaxValue() / NANOS_OF_MILLI;
    }
}
