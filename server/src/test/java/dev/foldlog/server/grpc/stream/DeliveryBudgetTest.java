package dev.foldlog.server.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.stream.DeliveryBudget.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeliveryBudgetTest {
    private static final Duration TOO_LONG = DeliveryBudget.PATIENCE.plusSeconds(1);

    private final HandTimers timers = new HandTimers();
    private final DeliveryBudget budget = new DeliveryBudget(160, 40, timers);
    private final List<String> granted = new ArrayList<>();
    private final List<String> cut = new ArrayList<>();

    @Test
    void sets_the_largest_page_aside_and_keeps_what_it_came_to() {
        Share share = share("a");

        assertThat(share.acquire()).isTrue();
        assertThat(budget.usedBytes()).isEqualTo(40);
        share.hold(7);
        assertThat(budget.usedBytes()).isEqualTo(7);
        share.settle();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void who_finds_no_room_waits_and_is_told_when_there_is() {
        Share first = holding("first", 40);
        holding("second", 60);
        Share third = share("third");

        assertThat(third.acquire()).isFalse();
        assertThat(third.acquire()).isFalse();
        assertThat(granted).isEmpty();
        first.settle();

        assertThat(granted).containsExactly("third");
        assertThat(third.acquire()).isTrue();
        assertThat(budget.usedBytes()).isEqualTo(100);
    }

    @Test
    void nobody_overtakes_those_who_wait() {
        Share first = holding("first", 40);
        holding("second", 60);
        Share third = share("third");
        third.acquire();
        first.hold(1);

        assertThat(granted).containsExactly("third");
        Share fourth = share("fourth");
        fourth.acquire();
        Share fifth = share("fifth");
        assertThat(fifth.acquire()).isFalse();
        third.giveBack();
        assertThat(granted).containsExactly("third", "fourth");
    }

    @Test
    void the_largest_page_goes_alone_where_the_budget_is_smaller_than_it() {
        DeliveryBudget small = new DeliveryBudget(10, 40, timers);
        Share first = small.share(() -> {}, () -> {});
        Share second = small.share(() -> {}, () -> {});

        assertThat(first.acquire()).isTrue();
        assertThat(second.acquire()).isFalse();
        first.giveBack();
        assertThat(second.acquire()).isTrue();
    }

    @Test
    void a_quarter_is_for_those_who_took_a_message_before() {
        Share known = holding("known", 40);
        known.settle();
        holding("full", 120);
        assertThat(share("unknown").acquire()).isFalse();

        assertThat(known.acquire()).isTrue();
        known.taken();
        assertThat(known.acquire()).isTrue();
        assertThat(granted).isEmpty();
    }

    @Test
    void who_took_a_message_before_takes_turns_with_the_unknown() {
        Share known = holding("known", 40);
        known.settle();
        Share other = holding("other", 40);
        other.settle();
        Share full = holding("full", 160);
        for (Share waiting : List.of(share("u1"), share("u2"), share("u3"), known, other)) {
            assertThat(waiting.acquire()).isFalse();
        }

        full.close();

        assertThat(granted).containsExactly("known", "u1", "other");
    }

    @Test
    void whose_client_takes_nothing_while_others_wait_is_cut_the_oldest_first_and_no_more_than_needed() {
        Share oldest = holding("oldest", 40);
        timers.pass(Duration.ofSeconds(1));
        holding("younger", 70);
        share("waiting").acquire();

        timers.pass(DeliveryBudget.PATIENCE.minusSeconds(2));
        assertThat(cut).isEmpty();
        timers.pass(TOO_LONG);
        assertThat(cut).containsExactly("oldest");
        oldest.close();

        assertThat(granted).containsExactly("waiting");
        assertThat(timers.pending()).isOne();
        timers.pass(TOO_LONG);
        assertThat(timers.pending()).isZero();
    }

    @Test
    void nobody_is_cut_while_nobody_waits() {
        holding("a", 40);
        holding("b", 50);

        timers.pass(Duration.ofHours(1));

        assertThat(cut).isEmpty();
    }

    @Test
    void what_the_transport_still_holds_counts_until_the_call_is_over() {
        Share share = holding("a", 40);

        share.finish();
        assertThat(budget.usedBytes()).isEqualTo(40);
        share.close();
        assertThat(budget.usedBytes()).isZero();
        share.hold(30);
        assertThat(share.acquire()).isFalse();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void who_leaves_while_waiting_gets_no_room() {
        Share full = holding("full", 120);
        Share gone = share("gone");
        gone.acquire();
        share("next").acquire();

        gone.finish();
        full.close();

        assertThat(granted).containsExactly("next");
        assertThat(budget.usedBytes()).isEqualTo(40);
    }

    @Test
    void never_takes_more_than_a_quarter_of_the_heap() {
        Limits limits = new Limits(10, 10, 10, 10, 10, 10, Long.MAX_VALUE, Duration.ZERO);
        DeliveryBudget clamped = DeliveryBudget.of(limits, timers);
        long quarter = Runtime.getRuntime().maxMemory() / 4;
        Share holder = clamped.share(() -> {}, () -> {});
        holder.acquire();
        holder.hold(quarter);

        assertThat(clamped.share(() -> {}, () -> {}).acquire()).isFalse();
    }

    private Share share(String name) {
        return budget.share(() -> granted.add(name), () -> cut.add(name));
    }

    private Share holding(String name, long bytes) {
        Share share = share(name);
        assertThat(share.acquire()).isTrue();
        share.hold(bytes);
        return share;
    }
}
