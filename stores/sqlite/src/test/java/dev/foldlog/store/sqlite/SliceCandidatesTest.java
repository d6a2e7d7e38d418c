package dev.foldlog.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.EpochNanos;
import dev.foldlog.store.sqlite.PageQuery.Bounds;
import dev.foldlog.store.sqlite.SliceCandidates.Slice;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The slice of a partition, against a plain look at every event, over histories of many shapes. */
final class SliceCandidatesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void are_the_events_that_reach_the_time_whatever_came_late() throws SQLException {
        for (int seed = 1; seed <= 12; seed++) {
            Random random = new Random(seed);
            List<Long> times = new ArrayList<>();
            try (RawRows rows = new RawRows(folder.resolve(seed + ".db"))) {
                while (times.size() < 6_000) {
                    stretch(rows, times, random);
                }
                for (int i = 0; i < 20; i++) {
                    long since = EpochNanos.of(START) + random.nextInt(10_000);
                    long asOf = 1L + random.nextInt(times.size());
                    assertSlice(rows, times, since, asOf, "seed " + seed + ", since " + since + ", as of " + asOf);
                }
            }
        }
    }

    /** Some events one nanosecond apart, from some time on: later than all before, or long before them. */
    private static void stretch(RawRows rows, List<Long> times, Random random) throws SQLException {
        int count = 1 + random.nextInt(random.nextBoolean() ? 20 : 1_500);
        int from = random.nextInt(10_000);
        rows.addUnreadable(count, START.plusNanos(from));
        for (int i = 1; i <= count; i++) {
            times.add(EpochNanos.of(START) + from + i);
        }
    }

    private static void assertSlice(RawRows rows, List<Long> times, long since, long asOf, String as)
            throws SQLException {
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < asOf; i++) {
            if (times.get(i) >= since) {
                expected.add(i + 1L);
            }
        }
        Slice slice = Slice.of(rows.connection(), RawRows.PARTITION, new dev.foldlog.core.event.Position(asOf), since);
        assertThat(slice.last()).as(as).isEqualTo(asOf);
        assertThat(walked(rows, slice, asOf, true)).as(as).isEqualTo(expected);
        Collections.reverse(expected);
        assertThat(walked(rows, slice, asOf, false)).as(as).isEqualTo(expected);
    }

    private static List<Long> walked(RawRows rows, Slice slice, long asOf, boolean isForward) throws SQLException {
        SliceCandidates candidates = new SliceCandidates(slice, isForward);
        List<Long> all = new ArrayList<>();
        long low = 0;
        long high = asOf;
        long[] found;
        do {
            found = candidates.between(rows.connection(), new Bounds(low, high, 700));
            for (long position : found) {
                all.add(position);
            }
            if (found.length > 0 && isForward) {
                low = found[found.length - 1];
            } else if (found.length > 0) {
                high = found[found.length - 1] - 1;
            }
        } while (found.length == 700);
        return all;
    }
}
