package dev.foldlog.projections.bus;

import static java.util.Objects.requireNonNull;

/**
 * How somebody wants to listen. A bus that cannot do it says so.
 *
 * @param isDurable also what was told while nobody listened
 * @param group one of those with this name is told, not all; empty: each
 */
public record BusOptions(boolean isDurable, String group) {
    /** What every bus can do. */
    public static final BusOptions PLAIN = new BusOptions(false, "");

    public BusOptions {
        requireNonNull(group, "group");
    }
}
