package dev.foldlog.server.grpc.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.EventId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class EventIdsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final UUID TIME_ORDERED = UUID.fromString("019b7700-1234-7abc-8def-0123456789ab");

    @Test
    void makes_version_7_uuids_of_the_clocks_milliseconds() {
        UUID id = UUID.fromString(
                new EventIds(InstantSource.fixed(NOW), new Random(1)).next().text());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void ids_sort_by_the_order_in_which_they_were_made() {
        List<Instant> times = List.of(NOW, NOW, NOW.plusMillis(1), NOW.minusSeconds(3_600), NOW.plusMillis(2));
        int[] call = {0};
        EventIds ids = new EventIds(() -> times.get(call[0]++ % times.size()), new Random(2));

        List<String> made = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            made.add(ids.next().text());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void two_processes_at_the_same_time_make_different_ids() {
        EventId one = new EventIds(InstantSource.fixed(NOW), new Random(3)).next();
        EventId other = new EventIds(InstantSource.fixed(NOW), new Random(4)).next();

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void threads_never_make_the_same_id() throws InterruptedException, ExecutionException {
        EventIds ids = new EventIds(InstantSource.fixed(NOW), new Random(5));
        Set<String> all = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<String>>> made = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                made.add(threads.submit(() -> {
                    List<String> own = new ArrayList<>();
                    for (int i = 0; i < 5_000; i++) {
                        own.add(ids.next().text().substring(0, 18));
                    }
                    return own;
                }));
            }
            for (Future<List<String>> own : made) {
                all.addAll(own.get());
            }
        }
        assertThat(all).hasSize(20_000);
    }

    @Test
    void a_derived_id_is_the_same_for_ever() {
        assertThat(EventIds.derived(TIME_ORDERED, 0).text()).isEqualTo("019b7700-1234-7d85-b6c5-a781e6a7d4e9");
        assertThat(EventIds.derived(TIME_ORDERED, 1).text()).isEqualTo("019b7700-1234-7d7c-b920-1a6a5348a7a6");
        assertThat(EventIds.derived(new UUID(0, 0), 0).text()).isEqualTo("de47c9b2-7eb8-8300-9bb5-f2c353e632c3");
    }

    @Test
    void a_derived_id_keeps_the_time_of_a_version_7_uuid() {
        UUID derived = UUID.fromString(EventIds.derived(TIME_ORDERED, 5).text());

        assertThat(derived.version()).isEqualTo(7);
        assertThat(derived.variant()).isEqualTo(2);
        assertThat(derived.getMostSignificantBits() >>> 16).isEqualTo(TIME_ORDERED.getMostSignificantBits() >>> 16);
    }

    @Test
    void an_id_derived_from_any_other_uuid_is_of_version_8() {
        Random random = new Random(6);
        for (int i = 0; i < 1_000; i++) {
            byte[] seed = new byte[16];
            random.nextBytes(seed);
            UUID derived = UUID.fromString(
                    EventIds.derived(UUID.nameUUIDFromBytes(seed), i).text());
            assertThat(derived.version()).isEqualTo(8);
            assertThat(derived.variant()).isEqualTo(2);
        }
    }

    @Test
    void every_index_of_every_request_has_its_own_id() {
        Random random = new Random(7);
        Set<EventId> ids = new HashSet<>();
        for (int request = 0; request < 20; request++) {
            UUID requestId =
                    new UUID((random.nextLong() & ~0xf000L) | 0x7000L, (random.nextLong() & ~(3L << 62)) | (2L << 62));
            for (int i = 0; i < 1_000; i++) {
                ids.add(EventIds.derived(requestId, i));
            }
        }
        assertThat(ids).hasSize(20_000);
    }
}
