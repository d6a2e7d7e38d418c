package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a page says that it has looked, while a sparse filter finds nothing. */
final class BackwardScanTest {
    private static final int NEWER = 9_000;

    private final StoreUnderTest store;

    BackwardScanTest(@TempDir Path folder) {
        store = StoreUnderTest.in(folder);
        store.stored(event("old").action("rare").tagged("t"), event("other").in("q"));
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < NEWER; i++) {
            drafts.add(event("n" + i).tagged("t"));
        }
        store.stored(EventDraft.append(drafts));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void one_partition_is_continued_from_any_page() {
        assertContinued(Filters.of().partitionKeys("p").actions("rare").filter());
    }

    @Test
    void the_log_is_continued_from_any_page() {
        // Alternatives of which one admits every kind, so that the log is walked along.
        EventFilter[] rare = {
            Filters.of().actions("rare").filter(),
            Filters.of().producers("none").filter()
        };
        assertContinued(Filters.of().anyOf(rare).filter());
        assertContinued(Filters.of().partitionKeys("p", "q").anyOf(rare).filter());
    }

    @Test
    void a_tag_is_continued_from_any_page() {
        assertContinued(Filters.of().tags("t").actions("rare").filter());
    }

    @Test
    void pages_without_matches_move_on() {
        EventCursor cursor =
                backward(Filters.of().partitionKeys("p").actions("rare").filter(), Position.NONE);
        long before = NEWER + 3L;
        EventPage page;
        do {
            page = cursor.next(StoreUnderTest.PAGE);
            assertThat(page.scanned().value()).isLessThan(before);
            before = page.scanned().value();
        } while (!page.isLast());
        assertThat(before).isEqualTo(1);
    }

    @Test
    void an_empty_store_has_nothing_to_continue(@TempDir Path empty) {
        try (StoreUnderTest other = StoreUnderTest.in(empty)) {
            for (EventFilter filter : List.of(
                    EventFilter.ALL,
                    Filters.of().tags("t").filter(),
                    Filters.of().partitionKeys("p").filter())) {
                EventPage page = other.store()
                        .readAll(new LogRead(filter, Direction.BACKWARD, Position.NONE, Position.NONE))
                        .next(StoreUnderTest.PAGE);
                assertThat(page).as("%s", filter).isEqualTo(new EventPage(List.of(), Position.NONE, true));
            }
        }
    }

    private void assertContinued(EventFilter filter) {
        EventCursor cursor = backward(filter, Position.NONE);
        boolean isFound = false;
        EventPage page;
        int pages = 0;
        do {
            page = cursor.next(StoreUnderTest.PAGE);
            pages++;
            isFound |= !page.events().isEmpty();
            List<RecordedEvent> left = StoreUnderTest.all(backward(filter, page.scanned()), StoreUnderTest.PAGE);
            assertThat(left).hasSize(isFound ? 0 : 1);
        } while (!page.isLast());
        assertThat(isFound).isTrue();
        assertThat(pages).isGreaterThan(1);
    }

    private EventCursor backward(EventFilter filter, Position after) {
        return store.store()
                .readAll(new LogRead(
                        filter, Direction.BACKWARD, after, store.store().head()));
    }
}
