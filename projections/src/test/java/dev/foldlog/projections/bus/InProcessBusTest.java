package dev.foldlog.projections.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.core.event.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InProcessBusTest {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final InProcessBus bus = new InProcessBus(tasks::add);
    private final List<String> heard = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "log/head, log/head, true",
        "log/*, log/head, true",
        "log/*, log, false",
        "log/*, log/head/more, false",
        "**, log/head, true",
        "projections/**, projections/a, true",
        "projections/**, projections, false",
        "log/head, log/tail, false"
    })
    void a_pattern_says_which_topics(String pattern, String topic, boolean isMatch) {
        assertThat(new TopicPattern(pattern).matches(topic)).isEqualTo(isMatch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a//b", "**/a", "a*", "a/**b"})
    void what_is_no_pattern_is_refused(String pattern) {
        assertThatThrownBy(() -> new TopicPattern(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_each_topic_the_newest_is_told_once() {
        bus.listen(new TopicPattern("log/*"), BusOptions.PLAIN, (topic, position) -> heard.add(topic + position));
        bus.publish("log/head", new Position(1));
        bus.publish("log/head", new Position(2));
        bus.publish("projections/a", new Position(2));

        run();
        bus.publish("log/head", new Position(3));
        run();

        assertThat(heard).containsExactly("log/head2", "log/head3");
    }

    @Test
    void a_listener_that_fails_is_told_again_and_one_that_left_is_not() {
        EventBus.Listening listening = bus.listen(new TopicPattern("**"), BusOptions.PLAIN, (topic, position) -> {
            heard.add(topic);
            throw new IllegalStateException("a listener's own failure");
        });
        bus.publish("a", new Position(1));
        run();
        bus.publish("b", new Position(1));
        run();
        listening.close();
        bus.publish("c", new Position(1));
        run();

        assertThat(heard).containsExactly("a", "b");
    }

    @Test
    void a_listener_that_fails_with_an_error_is_told_again() {
        bus.listen(new TopicPattern("**"), BusOptions.PLAIN, (topic, _) -> {
            heard.add(topic);
            throw new NoClassDefFoundError("a/class/that/is/not/there");
        });
        bus.publish("a", new Position(1));
        run();
        bus.publish("b", new Position(1));
        run();

        assertThat(heard).containsExactly("a", "b");
    }

    @Test
    void what_it_cannot_do_it_refuses() {
        TopicPattern all = new TopicPattern("**");
        assertThatThrownBy(() -> bus.listen(all, new BusOptions(true, ""), (_, _) -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("isDurable: true (expected: false");
        assertThatThrownBy(() -> bus.listen(all, new BusOptions(false, "workers"), (_, _) -> {}))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("group: workers");
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
