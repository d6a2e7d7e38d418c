package dev.foldlog.core.event;

/** Place of an event inside its partition: from 1, without gaps at the time of append. 0 = none yet. */
public record Sequence(long value) implements Comparable<Sequence> {
    public static final Sequence NONE = new Sequence(0);

    public Sequence {
        if (value < 0) {
            throw new IllegalArgumentException("sequence: " + value + " (expected: >= 0)");
        }
    }

    public Sequence next() {
        return new Sequence(value + 1);
    }

    @Override
    public int compareTo(Sequence other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
