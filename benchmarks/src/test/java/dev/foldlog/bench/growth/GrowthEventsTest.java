package dev.foldlog.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.NewEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GrowthEventsTest {
    private static final int MANY = 20_000;

    private final List<NewEvent> events = new GrowthEvents(1).append(MANY).events();

    @Test
    void equal_seeds_fill_equally() {
        assertThat(places(new GrowthEvents(1))).isEqualTo(places(new GrowthEvents(1)));
        assertThat(places(new GrowthEvents(2))).isNotEqualTo(places(new GrowthEvents(1)));
    }

    @Test
    void a_quarter_goes_to_ten_long_partitions() {
        assertThat(events.stream().filter(it -> it.facts().partitionKey().startsWith("answer-long-")))
                .hasSize(MANY / 4);
        assertThat(events.stream().filter(it -> it.facts().partitionKey().equals(GrowthEvents.longPartition(0))))
                .hasSize(MANY / 40);
    }

    @Test
    void the_rare_action_and_the_rare_tag_are_as_rare_as_stated() {
        assertThat(events.stream().map(NewEvent::facts).filter(it -> it.tags().contains(GrowthEvents.RARE_TAG)))
                .hasSize(MANY / GrowthEvents.RARE_ONE_OF)
                .extracting(EventFacts::action)
                .containsOnly("escalate");
        assertThat(events.stream().filter(it -> it.facts().action().equals("escalate")))
                .hasSize(MANY / GrowthEvents.RARE_ONE_OF);
    }

    @Test
    void so_many_events_of_the_first_long_partition_are_since_the_time_told() {
        GrowthEvents source = new GrowthEvents(1);
        List<NewEvent> all = source.append(MANY + 7).events();

        assertThat(all.stream()
                        .filter(it -> it.facts().partitionKey().equals(GrowthEvents.longPartition(0)))
                        .filter(it -> it.timestamp() != null && !it.timestamp().isBefore(source.since(100))))
                .hasSize(100);
    }

    private static List<String> places(GrowthEvents source) {
        return source.append(1_000).events().stream()
                .map(it -> it.facts().partitionKey() + it.facts().action() + it.timestamp())
                .toList();
    }
}
