package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendOutcome.EventIdTaken;
import dev.foldlog.core.append.AppendOutcome.RequestIdReused;
import dev.foldlog.core.append.AppendedEvent;
import dev.foldlog.core.append.Precondition.PartitionAt;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends that come again: ids are looked up before anything else is judged. */
final class AppendReplayTest {
    private final StoreUnderTest store;

    AppendReplayTest(@TempDir Path folder) {
        store = StoreUnderTest.in(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_repeat_answers_the_first_places_and_stores_nothing() {
        EventDraft[] drafts = {
            event("a").in("x"), event("b").in("y").tagged("t").payload("{\"n\":1}")
        };
        List<AppendedEvent> first = store.stored(drafts);
        store.stored(event("c").in("x"));
        store.clock.advance(Duration.ofHours(1));

        assertThat(store.append(append(drafts))).isEqualTo(new Appended(first, true));
        assertThat(store.ids()).containsExactly("a", "b", "c");
    }

    @Test
    void a_repeat_is_answered_in_its_own_order() {
        List<AppendedEvent> first = store.stored(event("a"), event("b"));

        assertThat(store.append(append(event("b"), event("a")))).isEqualTo(new Appended(first.reversed(), true));
    }

    @Test
    void a_repeat_never_conflicts_with_its_own_first_try() {
        Append once = event("a").given(new PartitionAt("p", Sequence.NONE));
        List<AppendedEvent> first = store.stored(once);

        assertThat(store.append(once)).isEqualTo(new Appended(first, true));
    }

    @Test
    void a_repeat_in_the_same_group_is_a_repeat() {
        TestClock.Hold hold = store.clock.hold();
        CompletableFuture<AppendOutcome> blocking = store.store().append(append(event("z")));
        hold.awaitEntered();
        CompletableFuture<AppendOutcome> first = store.store().append(append(event("a"), event("b")));
        CompletableFuture<AppendOutcome> again = store.store().append(append(event("a"), event("b")));
        CompletableFuture<AppendOutcome> other =
                store.store().append(append(event("a").payload("{\"other\":1}")));
        hold.release();

        StoreUnderTest.answer(blocking);
        Appended stored = (Appended) StoreUnderTest.answer(first);
        assertThat(StoreUnderTest.answer(again)).isEqualTo(new Appended(stored.events(), true));
        assertThat(StoreUnderTest.answer(other)).isEqualTo(new EventIdTaken(new EventId("a"), new Position(2), false));
        assertThat(store.ids()).containsExactly("z", "a", "b");
    }

    @Test
    void an_id_with_other_content_is_taken() {
        store.stored(event("a").tagged("t").at(TestClock.START));
        EventDraft same = event("a").tagged("t").at(TestClock.START);

        for (EventDraft other : List.of(
                same.payload("{ }"),
                same.opaque((byte) '{', (byte) '}', (byte) 1),
                same.action("edited"),
                same.in("elsewhere"),
                same.tagged(),
                same.tagged("t", "u"),
                same.at(TestClock.START.plusNanos(1)),
                same.at(null))) {
            assertThat(store.append(append(other)))
                    .as("%s", other)
                    .isEqualTo(new EventIdTaken(new EventId("a"), new Position(1), false));
        }
        assertThat(store.ids()).containsExactly("a");
    }

    @Test
    void an_append_of_which_only_a_part_is_stored_is_refused() {
        store.stored(event("a"), event("b"));

        assertThat(store.append(append(event("new"), event("b"), event("a"))))
                .isEqualTo(new EventIdTaken(new EventId("b"), new Position(2), true));
        assertThat(store.append(append(event("b"), event("server").idFrom(IdOrigin.SERVER))))
                .isEqualTo(new EventIdTaken(new EventId("b"), new Position(2), true));
        assertThat(store.ids()).containsExactly("a", "b");
    }

    @Test
    void a_request_comes_again_as_it_was() {
        List<AppendedEvent> first = store.stored(fromRequest("r0"), fromRequest("r1"));

        assertThat(store.append(append(fromRequest("r0"), fromRequest("r1")))).isEqualTo(new Appended(first, true));
    }

    @Test
    void a_request_whose_id_was_used_for_another_is_refused() {
        store.stored(event("before"));
        store.stored(fromRequest("r0"), fromRequest("r1"), fromRequest("r2"));
        store.stored(event("behind"));

        assertThat(store.append(append(fromRequest("r0"), fromRequest("r1"))))
                .as("fewer")
                .isEqualTo(new RequestIdReused(new Position(3)));
        assertThat(store.append(append(fromRequest("r0"), fromRequest("r1"), fromRequest("r2"), fromRequest("r3"))))
                .as("more")
                .isEqualTo(new RequestIdReused(new Position(4)));
        assertThat(store.append(append(fromRequest("r1"), fromRequest("r0"), fromRequest("r2"))))
                .as("another order")
                .isInstanceOf(RequestIdReused.class);
        assertThat(store.append(append(fromRequest("r0").payload("{\"n\":2}"), fromRequest("r1"), fromRequest("r2"))))
                .as("other content")
                .isEqualTo(new RequestIdReused(new Position(2)));
        assertThat(store.append(append(fromRequest("r1"), fromRequest("r2"))))
                .as("without its first")
                .isInstanceOf(RequestIdReused.class);
        assertThat(store.ids()).containsExactly("before", "r0", "r1", "r2", "behind");
    }

    @Test
    void a_request_is_whole_with_the_ids_that_its_client_gave() {
        List<AppendedEvent> first = store.stored(fromRequest("r0"), event("mine"));

        assertThat(store.append(append(fromRequest("r0"), event("mine")))).isEqualTo(new Appended(first, true));
        assertThat(store.append(append(fromRequest("r0")))).isInstanceOf(RequestIdReused.class);
    }

    @Test
    void a_request_in_the_same_group_that_has_fewer_events_is_refused() {
        TestClock.Hold hold = store.clock.hold();
        CompletableFuture<AppendOutcome> blocking = store.store().append(append(event("z")));
        hold.awaitEntered();
        CompletableFuture<AppendOutcome> first = store.store().append(append(fromRequest("r0"), fromRequest("r1")));
        CompletableFuture<AppendOutcome> fewer = store.store().append(append(fromRequest("r0")));
        hold.release();

        StoreUnderTest.answer(blocking);
        assertThat(StoreUnderTest.answer(first)).isInstanceOf(Appended.class);
        assertThat(StoreUnderTest.answer(fewer)).isInstanceOf(RequestIdReused.class);
    }

    private static EventDraft fromRequest(String id) {
        return event(id).idFrom(IdOrigin.REQUEST);
    }
}
