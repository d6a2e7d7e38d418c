package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.store.CorruptionException;
import dev.foldlog.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What verification passes, and what it finds and names. */
final class SqliteVerificationTest {
    private static final List<String> CHECKS = List.of("database", "events", "sequences", "tags", "checkpoints");

    private static byte[] good = {};

    private final Path folder;

    SqliteVerificationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    static void a_store_has_six_events_of_four_appends_and_a_checkpoint(@TempDir Path made) throws IOException {
        try (StoreUnderTest store = StoreUnderTest.in(made)) {
            store.stored(event("first").tagged("t", "u"), event("second").in("q"));
            store.stored(third());
            store.stored(event("fourth").in("r").action("rejected").opaque((byte) 1));
            store.stored(event("fifth"), byAnother(event("sixth").in("q").tagged("t")));
            StoreUnderTest.answer(store.store().moveCheckpoint(new CheckpointMove("c", new Position(5), null, false)));
        }
        good = Files.readAllBytes(made.resolve("foldlog.db"));
    }

    @BeforeEach
    void it_is_stopped() {
        write(good);
    }

    static EventDraft third() {
        return event("third").payload("{\"k\":1}").at(TestClock.START.minusSeconds(1)); // late
    }

    @Test
    void a_good_store_passes_every_check() {
        Heard heard = new Heard();

        List<CheckOutcome> outcomes = SqliteVerification.run(folder, StoreUnderTest.CODEC, heard);

        assertThat(outcomes).allMatch(CheckOutcome::isPassed);
        assertThat(outcomes).extracting(CheckOutcome::check).containsExactlyElementsOf(CHECKS);
        assertThat(heard.words)
                .containsSubsequence("started events 6", "progressed 6", "finished events")
                .containsSubsequence("started sequences 6", "progressed 6", "finished sequences")
                .containsSubsequence("finished tags", "finished checkpoints");
    }

    @Test
    void a_store_without_events_passes(@TempDir Path empty) {
        StoreUnderTest.in(empty).close();

        assertThat(verify(empty)).hasSize(CHECKS.size()).allMatch(CheckOutcome::isPassed);
    }

    static Stream<Damage> damages() {
        return Damage.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damage_is_found_and_named(Damage damage) throws SQLException {
        spoil(damage);

        List<CheckOutcome> outcomes = verify(folder);

        assertThat(outcomes).extracting(CheckOutcome::check).containsExactlyElementsOf(CHECKS);
        CheckOutcome failed = outcomes.get(CHECKS.indexOf(damage.check()));
        assertThat(failed.isPassed()).isFalse();
        assertThat(failed.message()).contains(damage.finding());
    }

    @Test
    void every_index_of_the_schema_is_spoiled_once() throws SQLException {
        Set<String> indexes = new HashSet<>();
        try (Connection connection = raw();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT name FROM sqlite_schema WHERE type = 'index'"
                                + " AND tbl_name NOT IN ('event_tag', 'checkpoint')")) {
            while (rows.next()) {
                indexes.add("a row missing from " + rows.getString(1));
            }
        }
        assertThat(indexes).hasSizeGreaterThan(3);
        assertThat(damages().map(Damage::name)).containsAll(indexes);
    }

    @Test
    void of_many_findings_some_are_shown_and_all_counted() throws SQLException {
        try (Connection connection = raw()) {
            new Damage.Raw(connection).run("UPDATE event SET producer_id = 99");
        }

        assertThat(verify(folder).get(1).message()).contains("event at position 5", "; and 1 more");
    }

    @Test
    void a_damaged_event_is_never_read_as_if_it_were_whole() throws SQLException {
        for (Damage damage : Damage.all().limit(6).toList()) {
            spoil(damage);
            try (StoreUnderTest store = StoreUnderTest.in(folder)) {
                assertThatExceptionOfType(CorruptionException.class)
                        .as("%s", damage)
                        .isThrownBy(store::everything)
                        .satisfies(it -> assertThat(it.position()).isEqualTo(new Position(3)));
            }
            write(good);
        }
    }

    @Test
    void what_is_no_store_or_in_use_is_refused(@TempDir Path other) throws IOException {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> verify(other))
                .withMessageContaining("expected: a folder with foldlog.db in it");
        try (StoreUnderTest store = StoreUnderTest.in(folder)) {
            assertThat(store.store().isServing()).isTrue();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> verify(folder))
                    .withMessageContaining("in use");
        }
    }

    @Test
    void a_database_that_cannot_be_opened_any_more_is_damaged(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("foldlog.db"), "no database".repeat(1_000));

        List<CheckOutcome> outcomes = verify(other);

        assertThat(outcomes).singleElement().satisfies(it -> {
            assertThat(it.isPassed()).isFalse();
            assertThat(it.message()).contains("cannot be opened");
        });
    }

    private void spoil(Damage damage) throws SQLException {
        try (Connection connection = raw()) {
            damage.edit().on(new Damage.Raw(connection));
        }
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("foldlog.db"));
    }

    private void write(byte[] bytes) {
        try {
            Files.write(folder.resolve("foldlog.db"), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<CheckOutcome> verify(Path folder) {
        return SqliteVerification.run(folder, StoreUnderTest.CODEC, new Heard());
    }

    private static EventDraft byAnother(EventDraft draft) {
        EventFacts facts = draft.facts();
        return draft.with(new EventFacts(
                facts.eventId(),
                facts.partitionKey(),
                facts.action(),
                "another",
                facts.artifactId(),
                facts.artifactType(),
                facts.threadId(),
                facts.eventVersion(),
                facts.tags()));
    }

    /** Notes what a listener is told. */
    private static final class Heard implements VerificationListener {
        private final List<String> words = new ArrayList<>();

        @Override
        public void started(String check, long units) {
            words.add("started " + check + " " + units);
        }

        @Override
        public void progressed(long units) {
            words.add("progressed " + units);
        }

        @Override
        public void finished(CheckOutcome outcome) {
            words.add("finished " + outcome.check());
        }
    }
}
