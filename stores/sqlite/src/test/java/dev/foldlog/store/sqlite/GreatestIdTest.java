package dev.foldlog.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.EventId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ids need no look at the index. */
final class GreatestIdTest {
    private static final EventId LOW = new EventId("0197a000-0000-7000-8000-000000000001");
    private static final EventId MIDDLE = new EventId("0197a000-0000-7000-8000-0000000000ff");
    private static final EventId HIGH = new EventId("f197a000-0000-7000-8000-000000000000");

    @TempDir
    private Path folder;

    @Test
    void only_a_uuid_beyond_all_staged_ones_is_surely_new() throws SQLException {
        try (RawRows rows = new RawRows(folder.resolve("rows.db"))) {
            GreatestId greatest = new GreatestId(rows.connection());
            assertThat(greatest.isBefore(LOW)).isTrue();
            greatest.staged(MIDDLE);
            greatest.staged(LOW);
            greatest.staged(new EventId("zzz"));

            assertThat(greatest.isBefore(LOW)).isFalse();
            assertThat(greatest.isBefore(MIDDLE)).isFalse();
            assertThat(greatest.isBefore(HIGH)).isTrue();
            assertThat(greatest.isBefore(new EventId("a text"))).isFalse();
            assertThat(greatest.isBefore(new EventId(HIGH.text().toUpperCase(java.util.Locale.ROOT))))
                    .isFalse();
        }
    }

    @Test
    void what_is_stored_counts_and_texts_hide_no_uuid() throws SQLException {
        try (RawRows rows = new RawRows(folder.resolve("rows.db"))) {
            rows.addUnreadable(10, Instant.EPOCH);
            assertThat(new GreatestId(rows.connection()).isBefore(LOW)).isTrue();
            rows.execute("UPDATE event SET event_id = x'0197a000000070008000" + "0000000000ff' WHERE position = 3");

            GreatestId greatest = new GreatestId(rows.connection());
            assertThat(greatest.isBefore(LOW)).isFalse();
            assertThat(greatest.isBefore(MIDDLE)).isFalse();
            assertThat(greatest.isBefore(HIGH)).isTrue();
        }
    }

    @Test
    void only_a_canonical_lower_case_uuid_is_kept_in_bytes() {
        UUID any = UUID.fromString("0197a0bc-def1-7234-8567-89abcdef0123");
        assertThat(IdColumn.text(IdColumn.uuidBytes(any.toString()))).isEqualTo(any.toString());
        for (String other : new String[] {
            "0197A0BC-DEF1-7234-8567-89ABCDEF0123",
            "0197a0bc-def1-7234-8567-89abcdef012g",
            "0197a0bcd-ef1-7234-8567-89abcdef0123",
            "0197a0bc-def1-7234-8567-89abcdef012",
            "0197a0bc-def1-7234-8567-89abcdef01234"
        }) {
            assertThat(IdColumn.uuidBytes(other)).as(other).isNull();
        }
    }
}
