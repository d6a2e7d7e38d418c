package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendOutcome.CheckpointRefused;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.CheckpointOutcome.Checkpoint;
import dev.foldlog.core.append.CheckpointOutcome.Moved;
import dev.foldlog.core.append.CheckpointOutcome.MovedMeanwhile;
import dev.foldlog.core.append.CheckpointOutcome.PastHead;
import dev.foldlog.core.append.CheckpointOutcome.WentBack;
import dev.foldlog.core.event.Position;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named checkpoints: alone and together with an append. */
final class CheckpointsTest {
    private final StoreUnderTest store;

    CheckpointsTest(@TempDir Path folder) {
        store = StoreUnderTest.in(folder);
    }

    @BeforeEach
    void three_events_are_there() {
        store.stored(event("a"), event("b"), event("c"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void moves_forward_and_is_kept() {
        assertThat(move(to("r", 1))).isEqualTo(new Moved(new Checkpoint("r", new Position(1), TestClock.START)));
        assertThat(move(to("r", 3))).isInstanceOf(Moved.class);
        store.reopen();

        assertThat(position("r")).isEqualTo(3);
        assertThat(store.store().checkpoint("other")).isEmpty();
    }

    @Test
    void may_stay_where_it_is() {
        move(to("r", 2));

        assertThat(move(to("r", 2))).isInstanceOf(Moved.class);
        assertThat(position("r")).isEqualTo(2);
    }

    @Test
    void goes_back_only_by_force() {
        move(to("r", 3));

        assertThat(move(to("r", 1))).isEqualTo(new WentBack("r", new Position(1), new Position(3)));
        assertThat(move(new CheckpointMove("r", new Position(1), null, true))).isInstanceOf(Moved.class);
        assertThat(position("r")).isEqualTo(1);
    }

    @Test
    void never_passes_the_head_not_even_by_force() {
        assertThat(move(to("r", 4))).isEqualTo(new PastHead("r", new Position(4), new Position(3)));
        assertThat(move(new CheckpointMove("r", new Position(4), null, true))).isInstanceOf(PastHead.class);
        assertThat(store.store().checkpoint("r")).isEmpty();
    }

    @Test
    void compares_and_sets() {
        assertThat(move(from("r", 1, 2))).isEqualTo(new MovedMeanwhile("r", new Position(1), Position.NONE));
        assertThat(move(from("r", 0, 2))).isInstanceOf(Moved.class);
        assertThat(move(from("r", 0, 3))).isEqualTo(new MovedMeanwhile("r", Position.NONE, new Position(2)));
        assertThat(move(from("r", 2, 3))).isInstanceOf(Moved.class);
        assertThat(position("r")).isEqualTo(3);
    }

    @Test
    void moves_together_with_an_append_or_not_at_all() {
        assertThat(store.append(event("d").moving(from("r", 0, 2), from("s", 0, 3))))
                .isInstanceOf(Appended.class);
        assertThat(position("r")).isEqualTo(2);
        assertThat(position("s")).isEqualTo(3);

        AppendOutcome refused = store.append(event("e").moving(to("r", 4), from("s", 1, 4)));

        assertThat(refused).isEqualTo(new CheckpointRefused(new MovedMeanwhile("s", new Position(1), new Position(3))));
        assertThat(position("r")).isEqualTo(2);
        assertThat(store.ids()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void does_not_pass_the_head_before_the_append_that_moves_it() {
        assertThat(store.append(event("d").moving(to("r", 4))))
                .isEqualTo(new CheckpointRefused(new PastHead("r", new Position(4), new Position(3))));
        assertThat(store.store().head()).isEqualTo(new Position(3));
    }

    @Test
    void a_replay_leaves_one_that_cannot_move_silently_and_moves_the_others() {
        Append append = event("d").moving(from("r", 0, 2), to("s", 3));
        store.stored(append);
        move(to("r", 3));
        StoreUnderTest.answer(store.store().deleteCheckpoint("s"));

        assertThat(store.append(append))
                .isInstanceOfSatisfying(
                        Appended.class, it -> assertThat(it.isReplay()).isTrue());

        assertThat(position("r")).isEqualTo(3);
        assertThat(position("s")).isEqualTo(3);
    }

    @Test
    void validating_moves_nothing() {
        Append append = event("d").moving(to("r", 2));

        assertThat(store.append(new Append(append.events(), List.of(), append.checkpoints(), true)))
                .isEqualTo(new AppendOutcome.Valid());
        assertThat(store.store().checkpoint("r")).isEmpty();
    }

    @Test
    void is_gone_once_deleted() {
        move(to("r", 2));

        assertThat(StoreUnderTest.answer(store.store().deleteCheckpoint("r"))).isTrue();
        assertThat(StoreUnderTest.answer(store.store().deleteCheckpoint("r"))).isFalse();
        assertThat(store.store().checkpoint("r")).isEmpty();
        assertThat(move(from("r", 0, 1))).isInstanceOf(Moved.class);
    }

    @Test
    void are_listed_in_bytewise_order_after_a_name() {
        // In UTF-16 the emoji's surrogates come before U+FF5E; in UTF-8 bytes after it.
        for (String name : List.of("b", "\uD83D\uDE00", "ä", "a", "\uFF5E", "B")) {
            move(to(name, 1));
        }

        assertThat(store.store().checkpoints("", 10))
                .extracting(Checkpoint::name)
                .containsExactly("B", "a", "b", "ä", "\uFF5E", "\uD83D\uDE00");
        assertThat(store.store().checkpoints("a", 2))
                .extracting(Checkpoint::name)
                .containsExactly("b", "ä");
        assertThat(store.store().checkpoints("\uD83D\uDE00", 2)).isEmpty();
    }

    private CheckpointOutcome move(CheckpointMove move) {
        return StoreUnderTest.answer(store.store().moveCheckpoint(move));
    }

    private long position(String name) {
        return store.store().checkpoint(name).orElseThrow().position().value();
    }

    private static CheckpointMove to(String name, long position) {
        return new CheckpointMove(name, new Position(position), null, false);
    }

    private static CheckpointMove from(String name, long expected, long position) {
        @Nullable Position from = new Position(expected);
        return new CheckpointMove(name, new Position(position), from, false);
    }
}
