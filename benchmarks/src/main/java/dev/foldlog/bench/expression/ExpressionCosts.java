package dev.foldlog.bench.expression;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.expression.Compilation.Compiled;
import dev.foldlog.core.expression.Compilation.Refused;
import dev.foldlog.core.expression.EventPredicate;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventExpression;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.expressions.CelExpressions;
import dev.foldlog.server.grpc.codec.ProposedEnvelope;
import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.store.sqlite.SqliteSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Evaluates predicates on single events, and reads a log with and without one, in turns. Confined to one thread. */
public final class ExpressionCosts {
    private static final int ROUNDS = 7;
    private static final int EVALUATIONS = 20_000;
    private static final int EVENTS = 200_000;
    private static final String ENVELOPE_ONLY = "event.action == 'approve' && event.producer.startsWith('reviewer:')";
    private static final String ALL_KEYS = "event.payload.exists(key, key == 'key-199')";
    private static final String SCORE = "event.action == 'approve' && event.payload.score > 0.8";

    private final CelExpressions engine = CelExpressions.standard();
    private final ProtoEventCodec codec = new ProtoEventCodec();

    /** Prints the page; the log is made in the folder, which is left behind. */
    public void run(Path folder) {
        byte[] kilobyte = payload("{\"score\":0.9,\"text\":\"" + "lorem ipsum ".repeat(82) + "\"}");
        byte[] keys = payload(IntStream.range(0, 200)
                .mapToObj(i -> "\"key-" + i + "\":" + i)
                .collect(Collectors.joining(",", "{\"score\":0.9,", "}")));
        System.out.printf("one evaluation, medians of %d rounds of %,d%n%n", ROUNDS, EVALUATIONS);
        System.out.println("| predicate | payload | µs |");
        System.out.println("| --- | --- | --- |");
        evaluation(ENVELOPE_ONLY, "1 KB", kilobyte);
        evaluation(SCORE, "1 KB", kilobyte);
        evaluation(SCORE, "200 keys", keys);
        evaluation(ALL_KEYS, "200 keys", keys);
        reads(folder, kilobyte);
    }

    private void evaluation(String source, String name, byte[] payload) {
        EventPredicate predicate = compiled(source);
        Envelope envelope = envelope();
        double[] micros = timed(() -> {
            long trues = 0;
            for (int i = 0; i < EVALUATIONS; i++) {
                trues += predicate.test(new EventView(envelope, 1, payload)) ? 1 : 0;
            }
            return trues;
        });
        System.out.printf("| `%s` | %s | %.2f |%n", source, name, median(micros) / ((double) EVALUATIONS));
    }

    private void reads(Path folder, byte[] payload) {
        try (EventStore store = new SqliteSettings(
                        folder, Durability.PROCESS, 100_000, 1L << 30, 1, Duration.ofSeconds(60))
                .open(codec, InstantSource.system())) {
            fill(store, payload);
            System.out.printf("%nreadAll in process over %,d events of 1 KB, medians of %d rounds%n%n", EVENTS, ROUNDS);
            System.out.println("| filter | events looked at a second |");
            System.out.println("| --- | --- |");
            read(store, "none", EventFilter.ALL);
            read(store, "an artifact id, which is in the envelope", artifact());
            read(store, '`' + ENVELOPE_ONLY + '`', expression(ENVELOPE_ONLY));
            read(store, '`' + SCORE + '`', expression(SCORE));
        }
    }

    private void read(EventStore store, String name, EventFilter filter) {
        double[] micros = timed(() -> {
            EventCursor cursor = store.readAll(new LogRead(filter, Direction.FORWARD, Position.NONE, store.head()));
            long events = 0;
            EventPage page;
            do {
                page = cursor.next(new PageLimit(500, 256 << 10, true));
                events += page.events().size();
            } while (!page.isLast());
            return events;
        });
        System.out.printf("| %s | %,.0f |%n", name, EVENTS / (median(micros) / 1e6));
    }

    private static double[] timed(LongSupplier work) {
        double[] micros = new double[ROUNDS];
        long sum = 0;
        for (int round = -3; round < ROUNDS; round++) {
            long start = System.nanoTime();
            sum += work.getAsLong();
            if (round >= 0) {
                micros[round] = (System.nanoTime() - start) / 1e3;
            }
        }
        if (sum < 0) {
            throw new IllegalStateException("fewer than none");
        }
        return micros;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private EventPredicate compiled(String source) {
        return switch (engine.predicate(source)) {
            case Compiled<EventPredicate>(EventPredicate predicate) -> predicate;
            case Refused<EventPredicate>(var errors) -> throw new IllegalStateException(errors.toString());
        };
    }

    private EventFilter expression(String source) {
        return filter(Set.of(), new EventExpression(source, compiled(source)));
    }

    private static EventFilter artifact() {
        return filter(Set.of("answer-7"), null);
    }

    private static EventFilter filter(Set<String> artifactIds, @Nullable EventExpression expression) {
        return new EventFilter(
                Set.of(),
                Set.of(),
                Set.of(),
                artifactIds,
                Set.of(),
                Set.of(),
                null,
                null,
                Set.of(),
                List.of(),
                expression);
    }

    private static void fill(EventStore store, byte[] payload) {
        for (int from = 0; from < EVENTS; from += 1_000) {
            List<NewEvent> events = new ArrayList<>();
            for (int i = from; i < from + 1_000; i++) {
                events.add(event(i, payload));
            }
            store.append(new Append(events, List.of(), List.of(), false)).join();
        }
    }

    private static NewEvent event(int number, byte[] payload) {
        EventFacts facts = facts(number);
        dev.foldlog.v1.NewEvent wire = dev.foldlog.v1.NewEvent.newBuilder()
                .setEventId(facts.eventId().text())
                .setAction(facts.action())
                .setProducer(facts.producer())
                .setArtifactId(facts.artifactId())
                .setArtifactType(facts.artifactType())
                .build();
        return new NewEvent(
                facts, IdOrigin.SERVER, null, ProposedEnvelope.encode(wire, facts), payload, PayloadForm.JSON);
    }

    private static EventFacts facts(int number) {
        String artifact = "answer-" + number % 10_000;
        return new EventFacts(
                new EventId("event-" + number),
                artifact,
                number % 2 == 0 ? "approve" : "reject",
                "reviewer:r" + number % 200,
                artifact,
                "answer",
                "",
                1,
                List.of());
    }

    private static Envelope envelope() {
        Stamp stamp = new Stamp(new Position(1), new Sequence(1), Instant.EPOCH, new Position(1));
        return new Envelope(facts(0), Instant.EPOCH, stamp);
    }

    private static byte[] payload(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
