package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Requests.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.ListPartitionsResponse;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Partition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** GetPartition and ListPartitions: heads, order of keys, prefixes, pages. */
public abstract class PartitionsSuite extends ConformanceSuite {
    /** Keys in the order of their bytes, which is neither that of letters nor that of UTF-16. */
    private static final List<String> KEYS = List.of(
            " ",
            "%",
            "A",
            "Z",
            "a",
            "a%",
            "a%b",
            "a*",
            "a/",
            "a/1",
            "a/10",
            "a/2",
            "aB",
            "a_",
            "a_b",
            "ab",
            "b",
            "z",
            "\u00e9",
            "\u6f22",
            "\uFFFD",
            "\uD83D\uDE42",
            "\uDBFF\uDFFD");

    protected PartitionsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void a_partition_tells_its_bounds() {
        client().append(event("a"), event("b"));
        AppendResponse last = client().append(event("a"), event("a"), event("c"));

        assertThat(client().partition("a"))
                .isEqualTo(Partition.newBuilder()
                        .setPartitionKey("a")
                        .setFirstSequence(1)
                        .setLastSequence(3)
                        .setLastPosition(last.getEvents(1).getPosition())
                        .setLastRecordedAt(last.getEvents(1).getRecordedAt())
                        .build());
        assertThat(client().partition("b").getLastSequence()).isEqualTo(1);
    }

    @Test
    void an_unknown_partition_is_empty() {
        client().append(event("a"));

        assertThat(client().partition("A"))
                .isEqualTo(Partition.newBuilder().setPartitionKey("A").build());
    }

    @Test
    void keys_are_listed_in_the_order_of_their_bytes() {
        store(KEYS);

        ListPartitionsResponse page = list("", 0, "");
        assertThat(keys(page)).isEqualTo(KEYS);
        assertThat(page.getNextPageToken()).isEmpty();
        assertThat(page.getPartitionsList()).allMatch(it -> it.equals(client().partition(it.getPartitionKey())));
    }

    @Test
    void pages_follow_each_other_without_gap() {
        store(KEYS);

        for (int size : List.of(1, 2, 3, 7, KEYS.size() - 1, KEYS.size(), KEYS.size() + 1)) {
            assertThat(inPages("", size)).as("pages of %s", size).isEqualTo(KEYS);
        }
    }

    @Test
    void a_prefix_is_taken_literally() {
        store(KEYS);

        for (String prefix : List.of(
                "a", "a%", "a_", "a*", "a/", "a/1", "A", "%", "_", "*", "ab", "abc", "\uD83D\uDE42", "\u00e9", " ")) {
            List<String> wanted =
                    KEYS.stream().filter(it -> it.startsWith(prefix)).toList();
            assertThat(keys(list(prefix, 0, ""))).as("prefix '%s'", prefix).isEqualTo(wanted);
            if (!wanted.isEmpty()) {
                assertThat(inPages(prefix, 2))
                        .as("prefix '%s' in pages", prefix)
                        .isEqualTo(wanted);
            }
        }
    }

    @Test
    void partitions_made_between_pages_appear_in_their_place() {
        store(List.of("b", "d", "f"));
        ListPartitionsResponse first = list("", 2, "");
        store(List.of("a", "c", "e"));

        assertThat(keys(first)).containsExactly("b", "d");
        assertThat(keys(list("", 10, first.getNextPageToken()))).containsExactly("e", "f");
    }

    @Test
    void a_page_has_a_hundred_by_default_and_a_thousand_at_most() {
        List<String> keys =
                IntStream.range(0, 1001).mapToObj(it -> "p" + (10_000 + it)).toList();
        store(keys.subList(0, 500));
        store(keys.subList(500, 1001));

        assertThat(keys(list("", 0, ""))).isEqualTo(keys.subList(0, 100));
        assertThat(keys(list("", 1000, ""))).isEqualTo(keys.subList(0, 1000));
        assertThat(keys(list("", Integer.MAX_VALUE, ""))).isEqualTo(keys.subList(0, 1000));
        assertThat(inPages("", 0)).isEqualTo(keys);
    }

    @Test
    void an_empty_store_lists_nothing() {
        assertThat(list("", 0, "")).isEqualTo(ListPartitionsResponse.getDefaultInstance());
        store(List.of("a"));
        assertThat(keys(list("", 0, ""))).containsExactly("a");
    }

    private void store(List<String> keys) {
        List<NewEvent> events = new ArrayList<>();
        keys.forEach(it -> events.add(event("x").setPartitionKey(it).build()));
        Collections.shuffle(events, new Random(keys.size()));
        client().append(append(events));
    }

    private List<String> inPages(String prefix, int size) {
        List<String> keys = new ArrayList<>();
        String token = "";
        do {
            ListPartitionsResponse page = list(prefix, size, token);
            assertThat(page.getPartitionsCount()).isPositive();
            keys.addAll(keys(page));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return keys;
    }

    private ListPartitionsResponse list(String prefix, int size, String token) {
        return client().store()
                .listPartitions(ListPartitionsRequest.newBuilder()
                        .setPrefix(prefix)
                        .setPageSize(size)
                        .setPageToken(token)
                        .build());
    }

    private static List<String> keys(ListPartitionsResponse page) {
        return page.getPartitionsList().stream().map(Partition::getPartitionKey).toList();
    }
}
