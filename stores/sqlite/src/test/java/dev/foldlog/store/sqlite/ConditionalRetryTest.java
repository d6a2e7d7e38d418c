package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendOutcome.EventIdTaken;
import dev.foldlog.core.append.AppendedEvent;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.store.CorruptionException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A retry of an append with conditions is answered by its ids, although the log can no longer be looked through. */
final class ConditionalRetryTest {
    private final Path folder;
    private final HeldCodec codec = new HeldCodec();
    private final StoreUnderTest store;

    ConditionalRetryTest(@TempDir Path folder) {
        this.folder = folder;
        store = StoreUnderTest.opened(clock -> SqliteEventStore.open(SqliteSettings.of(folder), codec, clock));
    }

    @BeforeEach
    void an_event_is_damaged() throws SQLException {
        store.stored(event("damaged"));
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("foldlog.db"));
                Statement statement = raw.createStatement()) {
            statement.execute("UPDATE event SET envelope = zeroblob(50)");
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_new_append_runs_into_the_damage() {
        assertThatThrownBy(() -> store.append(conditional(event("new"), 0))).isInstanceOf(CorruptionException.class);
    }

    @Test
    void a_retry_is_a_replay_whoever_chose_the_id() {
        for (IdOrigin origin : List.of(IdOrigin.CLIENT, IdOrigin.REQUEST)) {
            EventDraft draft = event("by " + origin).idFrom(origin);
            List<AppendedEvent> stored =
                    store.stored(conditional(draft, store.store().head().value()));

            assertThat(store.append(conditional(draft, 0))).isEqualTo(new Appended(stored, true));
        }
    }

    @Test
    void an_id_with_other_content_is_taken() {
        store.stored(event("a"));

        assertThat(store.append(conditional(event("a").payload("{\"other\":1}"), 0)))
                .isInstanceOf(EventIdTaken.class);
    }

    @Test
    void a_retry_looks_at_no_condition() {
        store.stored(event("a"));
        long before = codec.opened();

        assertThat(new ConditionLook(store.store(), codec, () -> false).look(conditional(event("a"), 0)))
                .contains(ConditionFindings.NONE);
        assertThat(codec.opened()).isEqualTo(before);
    }

    private static Append conditional(EventDraft draft, long after) {
        return draft.given(new NoneMatching(Filters.of().artifactIds("none").filter(), new Position(after)));
    }
}
