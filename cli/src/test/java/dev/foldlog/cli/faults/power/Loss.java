package dev.foldlog.cli.faults.power;

import dev.foldlog.cli.faults.power.DiskOp.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a power loss may do to the writes to a file that were not synced. */
enum Loss {
    /** None of them reached the disk. */
    ALL {
        @Override
        List<@Nullable DiskOp> kept(List<DiskOp> unsynced, RandomGenerator random) {
            return Collections.nCopies(unsynced.size(), null);
        }
    },
    /** The first few reached it. */
    TAIL {
        @Override
        List<@Nullable DiskOp> kept(List<DiskOp> unsynced, RandomGenerator random) {
            return first(random.nextInt(unsynced.size() + 1), unsynced);
        }
    },
    /** Some reached it, the disk having changed their order. */
    SOME {
        @Override
        List<@Nullable DiskOp> kept(List<DiskOp> unsynced, RandomGenerator random) {
            List<@Nullable DiskOp> kept = new ArrayList<>();
            unsynced.forEach(op -> kept.add(random.nextBoolean() ? op : null));
            return kept;
        }
    },
    /** The first few reached it, the last of those in part. */
    TORN {
        @Override
        List<@Nullable DiskOp> kept(List<DiskOp> unsynced, RandomGenerator random) {
            int count = random.nextInt(unsynced.size() + 1);
            List<@Nullable DiskOp> kept = first(count, unsynced);
            if (count > 0 && unsynced.get(count - 1) instanceof Write last) {
                int sectors = last.bytes().length / SECTOR_BYTES;
                byte[] part = Arrays.copyOf(last.bytes(), SECTOR_BYTES * random.nextInt(sectors + 1));
                kept.set(count - 1, new Write(last.file(), last.offset(), part));
            }
            return kept;
        }
    },
    /** All reached it. */
    NONE {
        @Override
        List<@Nullable DiskOp> kept(List<DiskOp> unsynced, RandomGenerator random) {
            return new ArrayList<>(unsynced);
        }
    };

    private static final int SECTOR_BYTES = 512;

    /** In the place of each operation what of it reached the disk, or null. */
    abstract List<@Nullable DiskOp> kept(List<DiskOp> unsynced, RandomGenerator random);

    private static List<@Nullable DiskOp> first(int count, List<DiskOp> unsynced) {
        List<@Nullable DiskOp> kept = new ArrayList<>(unsynced.subList(0, count));
        kept.addAll(Collections.nCopies(unsynced.size() - count, null));
        return kept;
    }
}
