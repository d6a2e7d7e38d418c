package dev.foldlog.bench.load;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * The random choices of one caller: which event comes next, under which id, in which partition. Confined to
 * one caller at a time; equal seeds choose alike, but for the time in ids.
 */
public final class Draw {
    private static final long NUMBER_BITS = 0x0000_ffff_ffff_ffffL;

    private final Shape shape;
    private final SplittableRandom random;
    private final LongSupplier millis;
    private long number = -1;

    public Draw(Shape shape, int caller, LongSupplier millis) {
        this.shape = shape;
        this.random = new SplittableRandom(shape.seed() * 1_000_003 + caller);
        this.millis = millis;
    }

    /** The next id ends in this number, so that whoever receives the event knows which it is. */
    public Draw numbered(long next) {
        number = next;
        return this;
    }

    int variant(int count) {
        return number < 0 ? random.nextInt(count) : (int) (number % count);
    }

    int partition() {
        return random.nextInt(shape.partitions());
    }

    long idHigh() {
        return IdText.high(shape.ids(), millis.getAsLong(), random.nextLong());
    }

    long idLow() {
        long bits = random.nextLong();
        return IdText.low(number < 0 ? bits : (bits & ~NUMBER_BITS) | number);
    }
}
