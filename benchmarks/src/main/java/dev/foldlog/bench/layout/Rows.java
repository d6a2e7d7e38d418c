package dev.foldlog.bench.layout;

import java.util.SplittableRandom;

/** The events of an experiment, the same ones for the same seed. Confined to one thread. */
final class Rows {
    private static final long START_NANOS = 1_790_000_000_000_000_000L;
    private static final long STEP_NANOS = 20_000;
    private static final int KINDS = 24;
    private static final int PRODUCERS = 100;

    private final SplittableRandom random;
    private Load load;
    private final long[] sequences;
    private final long[] timesMax;
    private final byte[] noise = new byte[1 << 16];
    private String text;
    private long position;

    Rows(Load load) {
        this.random = new SplittableRandom(load.seed);
        this.load = load;
        this.sequences = new long[load.partitions + 1];
        this.timesMax = new long[load.partitions + 1];
        random.nextBytes(noise);
        this.text = "x".repeat(load.payloadBytes);
    }

    Row next() {
        position++;
        long time = START_NANOS + position * STEP_NANOS;
        int partition = 1 + random.nextInt(load.partitions);
        long before = timesMax[partition];
        timesMax[partition] = Math.max(before, time);
        byte[] envelope = new byte[load.envelopeBytes];
        System.arraycopy(noise, random.nextInt(noise.length - envelope.length), envelope, 0, envelope.length);
        long high = random.nextLong();
        if (load.isTimeOrdered) {
            high = (time / 1_000_000) << 16 | 0x7000 | (high & 0xfff);
        }
        return new Row(
                position,
                high,
                random.nextLong(),
                partition,
                ++sequences[partition],
                before,
                kind(),
                1 + random.nextInt(PRODUCERS),
                time,
                envelope,
                text);
    }

    /** Each kind half as often as the one before, down to one in 16,384; then all alike. */
    private long kind() {
        int zeros = Long.numberOfTrailingZeros(random.nextLong());
        return zeros < 14 ? 1 + zeros : 15 + random.nextInt(KINDS - 14);
    }

    /** Makes events of another size from now on. */
    void resize(int envelopeBytes, int payloadBytes) {
        load = load.sized(envelopeBytes, payloadBytes);
        text = "x".repeat(payloadBytes);
    }

    /** What the events are like. */
    record Load(long seed, int partitions, boolean isTimeOrdered, int envelopeBytes, int payloadBytes) {
        static final Load STANDARD = new Load(7, 10_000, true, 220, 200);

        Load sized(int envelope, int payload) {
            return new Load(seed, partitions, isTimeOrdered, envelope, payload);
        }

        Load randomIds() {
            return new Load(seed, partitions, false, envelopeBytes, payloadBytes);
        }

        Load withPartitions(int count) {
            return new Load(seed, count, isTimeOrdered, envelopeBytes, payloadBytes);
        }

        String text() {
            return "%,d partitions, %s ids, %d + %d bytes"
                    .formatted(partitions, isTimeOrdered ? "time-ordered" : "random", envelopeBytes, payloadBytes);
        }
    }
}
