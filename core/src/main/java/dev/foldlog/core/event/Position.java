package dev.foldlog.core.event;

/**
 * Place of an event in the whole log: strictly increasing, never reused, never visible out of order. 0
 * stands before the first event.
 */
public record Position(long value) implements Comparable<Position> {
    public static final Position NONE = new Position(0);

    public Position {
        if (value < 0) {
            throw new IllegalArgumentException("position: " + value + " (expected: >= 0)");
        }
    }

    public boolean isAfter(Position other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
