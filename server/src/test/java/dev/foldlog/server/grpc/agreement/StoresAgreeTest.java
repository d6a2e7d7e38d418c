package dev.foldlog.server.grpc.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.store.memory.MemorySettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The store in memory says what a store must do: the same calls, made to it and to SQLite at the same times,
 * are answered alike.
 */
final class StoresAgreeTest {
    private static final int CALLS = 600;
    private static final long ANSWER_SECONDS_MAX = 60;

    private final AtomicReference<Instant> clock = new AtomicReference<>(RandomCalls.START);
    private final Map<String, Integer> met = new TreeMap<>();
    private final EventStore specification;
    private final EventStore sqlite;

    StoresAgreeTest(@TempDir Path folder) {
        ProtoEventCodec codec = new ProtoEventCodec();
        specification = MemorySettings.standard().open(codec, clock::get);
        sqlite = new SqliteSettings(folder, Durability.PROCESS, 100, 1 << 20, 1, Duration.ofSeconds(10))
                .open(codec, clock::get);
    }

    @AfterEach
    void close() {
        specification.close();
        sqlite.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void the_same_calls_have_the_same_answers(long seed) {
        RandomCalls calls = new RandomCalls(seed);
        for (int i = 0; i < CALLS; i++) {
            clock.set(calls.time());
            change(calls, "seed " + seed + ", call " + i);
            look(calls, "seed " + seed + ", look " + i);
        }

        // The calls would prove little if they did not meet every kind of answer.
        assertThat(met)
                .containsKeys(
                        "new",
                        "replay",
                        "Valid",
                        "Conflict",
                        "EventIdTaken",
                        "RequestIdReused",
                        "CheckpointRefused",
                        "ConditionAhead",
                        "Moved",
                        "WentBack",
                        "MovedMeanwhile",
                        "PastHead");
    }

    private void change(RandomCalls calls, String name) {
        Position head = specification.head();
        switch (calls.upTo(6)) {
            case 0 -> {
                CheckpointMove move = calls.move(calls.checkpoint(), head);
                Object answer = agreed(name + ": " + move, it -> answer(it.moveCheckpoint(move)));
                met.merge(answer.getClass().getSimpleName(), 1, Integer::sum);
            }
            case 1 -> {
                String checkpoint = calls.checkpoint();
                agreed(name + ": delete " + checkpoint, it -> answer(it.deleteCheckpoint(checkpoint)));
            }
            default -> {
                Append append = calls.append(head);
                AppendOutcome outcome = agreed(name + ": " + append, it -> answer(it.append(append)));
                met.merge(kind(outcome), 1, Integer::sum);
            }
        }
    }

    private void look(RandomCalls calls, String name) {
        Position head = agreed(name + ": head", EventStore::head);
        LogRead log = new LogRead(calls.filter(), calls.direction(), calls.position(head), calls.position(head));
        agreed(name + ": " + log, it -> shown(it.readAll(log)));
        StreamRead stream = new StreamRead(
                calls.partition(),
                calls.filter(),
                calls.direction(),
                new Sequence(calls.upTo(9)),
                calls.position(head));
        agreed(name + ": " + stream, it -> it.readStream(stream).lastSequence());
        agreed(name + ": " + stream, it -> events(it.readStream(stream).cursor()));
        StreamSinceRead since = new StreamSinceRead(
                calls.partition(), calls.time(), calls.filter(), calls.upTo(4), calls.position(head));
        agreed(name + ": " + since, it -> it.readStreamSince(since).lastSequence());
        agreed(name + ": " + since, it -> it.readStreamSince(since).isTruncated());
        agreed(name + ": " + since, it -> events(it.readStreamSince(since).cursor()));
        String key = calls.partition();
        agreed(name + ": partition " + key, it -> it.partition(key));
        agreed(name + ": partitions", it -> it.partitions(key.substring(0, 1), "", 3));
        agreed(name + ": partitions after " + key, it -> it.partitions("", key, 2));
        Instant time = calls.time();
        agreed(name + ": before " + time, it -> it.positionBefore(time));
        EventId id = calls.id();
        agreed(name + ": " + id, it -> it.event(id).map(StoresAgreeTest::shown));
        agreed(name + ": checkpoints", it -> it.checkpoints("", 10));
        agreed(name + ": tail", it -> shown(it.tail(log.filter(), log.asOf())));
    }

    private <T> T agreed(String call, Function<EventStore, T> question) {
        T answer = question.apply(specification);
        assertThat(question.apply(sqlite)).as(call).isEqualTo(answer);
        return answer;
    }

    private static String kind(AppendOutcome outcome) {
        return outcome instanceof AppendOutcome.Appended appended
                ? appended.isReplay() ? "replay" : "new"
                : outcome.getClass().getSimpleName();
    }

    private static <T> T answer(CompletableFuture<T> future) {
        return future.orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).join();
    }

    /** The events, and how far was looked. Pages may be cut differently. */
    private static List<String> shown(EventCursor cursor) {
        List<String> shown = new ArrayList<>();
        long failures = 0;
        EventPage page;
        do {
            page = cursor.next(new PageLimit(3, 1_000, true));
            page.events().forEach(it -> shown.add(shown(it)));
            failures += page.failures();
        } while (!page.isLast());
        shown.add("failed on " + failures);
        shown.add("scanned " + page.scanned());
        return shown;
    }

    private static List<String> events(EventCursor cursor) {
        List<String> shown = shown(cursor);
        return shown.subList(0, shown.size() - 1);
    }

    private static String shown(RecordedEvent event) {
        byte[] payload = event.payload();
        return event.position() + " " + HexFormat.of().formatHex(event.envelope()) + ' '
                + (payload == null ? "none" : HexFormat.of().formatHex(payload));
    }
}
