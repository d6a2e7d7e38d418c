package dev.foldlog.bench.measure;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Something that is measured.
 *
 * @param name what is typed to choose it
 * @param about one line for people: the work, event size, partitions, ids, durability
 */
public record Measure(String name, String about, List<Entrant> entrants) {
    public Measure {
        requireNonNull(name, "name");
        requireNonNull(about, "about");
        entrants = List.copyOf(entrants);
    }

    /** The same with those entrants only; none: with all. */
    public Measure only(List<String> names) {
        return names.isEmpty()
                ? this
                : new Measure(
                        name,
                        about,
                        entrants.stream()
                                .filter(it -> names.contains(it.name()))
                                .toList());
    }
}
