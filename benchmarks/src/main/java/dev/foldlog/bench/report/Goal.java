package dev.foldlog.bench.report;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * What is aimed for, and how the figures tell.
 *
 * @param text what it is about
 * @param bound the goal
 * @param isFloor whether the figure must be at least the bound, or at most
 * @param figure takes it from the raw numbers, if all of it was measured
 */
public record Goal(String text, double bound, boolean isFloor, Figure figure) {
    public Goal {
        requireNonNull(text, "text");
        requireNonNull(figure, "figure");
    }

    public static Goal atLeast(double bound, String text, Figure figure) {
        return new Goal(text, bound, true, figure);
    }

    public static Goal atMost(double bound, String text, Figure figure) {
        return new Goal(text, bound, false, figure);
    }

    /** One line of the table of goals. */
    public String line(RawNumbers numbers) {
        Optional<Double> measured = figure.of(numbers);
        String wanted = (isFloor ? "≥ " : "≤ ") + number(bound);
        String found = measured.map(Goal::number).orElse("not measured");
        String verdict = measured.map(it -> isMet(it) ? "met" : "**not met**").orElse("–");
        return "| " + text + " | " + wanted + " | " + found + " | " + verdict + " |\n";
    }

    public boolean isMet(double value) {
        return isFloor ? value >= bound : value <= bound;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    }

    /** Takes the figure of a goal from raw numbers. */
    @FunctionalInterface
    public interface Figure {
        Optional<Double> of(RawNumbers numbers);

        /** The median of one contestant by that of another. */
        static Figure ratio(String measure, Metric metric, String contestant, String other) {
            return numbers -> numbers.spread(measure, contestant, metric)
                    .flatMap(it -> numbers.spread(measure, other, metric).map(by -> it.median() / by.median()));
        }

        /** The median of one contestant. */
        static Figure median(String measure, Metric metric, String contestant) {
            return numbers -> numbers.spread(measure, contestant, metric).map(Spread::median);
        }

        /** What nothing measures yet. */
        static Figure none() {
            return numbers -> Optional.empty();
        }
    }
}
