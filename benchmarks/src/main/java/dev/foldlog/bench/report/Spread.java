package dev.foldlog.bench.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** The middle of several rounds, and how far they are apart. */
public record Spread(double median, double min, double max, int rounds) {
    /** Of at least one value; between the two middle ones of an even number. */
    public static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: none (expected: at least one)");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow(), sorted.length);
    }

    /** The median, with the smallest and the largest when there are several. */
    public String text(int decimals) {
        String middle = number(median, decimals);
        return rounds == 1 ? middle : middle + " (" + number(min, decimals) + "–" + number(max, decimals) + ')';
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
