package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read of several tags walks along a rare one, whatever they are called. */
final class TagDriverTest {
    private static final int COMMON = 6_000;
    private static final String[] RARE = {"a", "b", "c", "d", "w", "x", "y", "z"};

    private final StoreUnderTest store;
    private final Path database;

    TagDriverTest(@TempDir Path folder) {
        store = StoreUnderTest.in(folder);
        database = folder.resolve("foldlog.db");
    }

    @BeforeEach
    void many_events_have_one_tag_and_few_have_another_too() {
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < COMMON; i++) {
            drafts.add(event("e" + i).tagged("middle"));
        }
        store.stored(append(drafts));
        for (String rare : RARE) {
            store.stored(event("with " + rare).tagged(rare, "middle"));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void costs_what_the_rare_tag_costs() throws SQLException {
        for (Direction direction : Direction.values()) {
            for (String rare : RARE) {
                assertThat(steps(Filters.of().tags("middle", rare).filter(), direction))
                        .as("%s %s", rare, direction)
                        .isLessThan(COMMON);
                EventFilter alternatives = Filters.of()
                        .anyOf(
                                Filters.of().tags("middle", rare).filter(),
                                Filters.of().tags("middle", "unknown").filter())
                        .filter();
                assertThat(steps(alternatives, direction)).isLessThan(COMMON);
            }
        }
    }

    /** The control: along the common tag it costs more. */
    @Test
    void costs_more_along_the_common_tag() throws SQLException {
        EventFilter rejected = Filters.of().tags("middle").actions("rejected").filter();
        try (Connection connection = Connections.looking(database)) {
            MeteredReading reading = new MeteredReading(connection);
            assertThat(StoreUnderTest.all(log(reading, rejected, Direction.FORWARD), StoreUnderTest.PAGE))
                    .isEmpty();
            assertThat(reading.takeSteps()).isGreaterThan(COMMON);
        }
    }

    @Test
    void counts_only_in_the_range_of_the_read() throws SQLException {
        store.stored(event("late").tagged("middle", "often"));
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            drafts.add(event("o" + i).tagged("often"));
        }
        store.stored(append(drafts));
        try (Connection connection = Connections.looking(database)) {
            MeteredReading reading = new MeteredReading(connection);
            Position before = new Position(COMMON + RARE.length);
            Position head = store.store().head();

            assertThat(TagDriver.between(reading, before, head).rarest(Set.of("middle", "often")))
                    .isEqualTo("middle");
            assertThat(TagDriver.between(reading, Position.NONE, before).rarest(Set.of("middle", "often")))
                    .isEqualTo("often");
        }
    }

    private long steps(EventFilter filter, Direction direction) throws SQLException {
        try (Connection connection = Connections.looking(database)) {
            MeteredReading reading = new MeteredReading(connection);
            assertThat(StoreUnderTest.all(log(reading, filter, direction), StoreUnderTest.PAGE))
                    .hasSize(1);
            return reading.takeSteps();
        }
    }

    private EventCursor log(Reading reading, EventFilter filter, Direction direction) {
        return Cursors.log(
                reading,
                StoreUnderTest.CODEC,
                new LogRead(filter, direction, Position.NONE, store.store().head()));
    }
}
