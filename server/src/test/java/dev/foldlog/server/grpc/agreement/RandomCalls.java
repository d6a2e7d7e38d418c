package dev.foldlog.server.grpc.agreement;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.expression.Compilation.Compiled;
import dev.foldlog.core.expression.Compilation.Refused;
import dev.foldlog.core.expression.EventPredicate;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventExpression;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.expressions.CelExpressions;
import dev.foldlog.server.grpc.codec.ProposedEnvelope;
import dev.foldlog.server.grpc.codec.ProtoTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes calls to a store from a seed, out of few names, so that ids, partitions and checkpoints meet often. */
final class RandomCalls {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final List<String> PARTITIONS = List.of("a", "a\uff5e", "a😀", "b", "é");
    private static final List<String> ACTIONS = List.of("approve", "reject", "edit");
    private static final List<String> TAGS = List.of("s", "t", "u");
    private static final List<String> CHECKPOINTS = List.of("one", "two");

    /** The last two have no value for some events, and none for all. */
    private static final List<EventExpression> EXPRESSIONS = Stream.of(
                    "event.payload.content % 2 == 0",
                    "event.action == 'edit' || event.payload.content > 40000",
                    "event.sequence > 2 && 's' in event.tags",
                    "event.payload.content % (event.payload.content % 3) == 0",
                    "event.payload.missing == 1")
            .map(RandomCalls::compiled)
            .toList();

    private final Random random;

    RandomCalls(long seed) {
        this.random = new Random(seed);
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    String partition() {
        return one(PARTITIONS);
    }

    String checkpoint() {
        return one(CHECKPOINTS);
    }

    EventId id() {
        return new EventId("e" + upTo(200));
    }

    Instant time() {
        return START.plusSeconds(upTo(100));
    }

    Direction direction() {
        return one(List.of(Direction.values()));
    }

    /** A position of the log, none, or sometimes the one after the head. */
    Position position(Position head) {
        return new Position(upTo(10) == 0 ? head.value() + 1 : upTo((int) head.value() + 1));
    }

    Append append(Position head) {
        List<NewEvent> events = upTo(3) == 0 ? ofRequest() : ofClient();
        List<Precondition> preconditions = upTo(2) == 0 ? List.of() : some(2, () -> precondition(head));
        Set<String> names = new HashSet<>(some(2, this::checkpoint));
        List<CheckpointMove> moves = upTo(3) > 0
                ? List.of()
                : names.stream().map(it -> move(it, head)).toList();
        return new Append(events, preconditions, moves, upTo(8) == 0);
    }

    CheckpointMove move(String name, Position head) {
        Position expected = upTo(2) == 0 ? null : upTo(2) == 0 ? Position.NONE : position(head);
        return new CheckpointMove(name, position(head), expected, upTo(4) == 0);
    }

    EventFilter filter() {
        return switch (upTo(4)) {
            case 0 -> EventFilter.ALL;
            case 1 -> filter(List.of(filter(List.of()), filter(List.of())));
            default -> filter(List.of());
        };
    }

    private EventFilter filter(List<EventFilter> anyOf) {
        return new EventFilter(
                upTo(2) == 0 ? Set.of() : Set.copyOf(some(2, this::partition)),
                upTo(2) == 0 ? Set.of() : Set.copyOf(some(2, () -> one(ACTIONS))),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                upTo(4) == 0 ? time() : null,
                upTo(4) == 0 ? time() : null,
                upTo(2) == 0 ? Set.of() : Set.copyOf(some(2, () -> one(TAGS))),
                anyOf,
                upTo(3) == 0 ? one(EXPRESSIONS) : null);
    }

    private static EventExpression compiled(String source) {
        return switch (CelExpressions.standard().predicate(source)) {
            case Compiled<EventPredicate>(EventPredicate predicate) -> new EventExpression(source, predicate);
            case Refused<EventPredicate>(var errors) -> throw new IllegalStateException(errors.toString());
        };
    }

    private Precondition precondition(Position head) {
        return switch (upTo(3)) {
            case 0 -> new Precondition.PartitionAt(partition(), new Sequence(upTo(8)));
            case 1 -> new Precondition.PartitionExists(partition(), upTo(2) == 0);
            default -> new Precondition.NoneMatching(filter(), position(head));
        };
    }

    private List<NewEvent> ofClient() {
        return new LinkedHashSet<>(some(3, this::id))
                .stream()
                        .map(it -> event(it, upTo(12) == 0 ? IdOrigin.REQUEST : IdOrigin.CLIENT))
                        .toList();
    }

    /** The events of a request, and sometimes one more or fewer than the time before. */
    private List<NewEvent> ofRequest() {
        String request = "r" + upTo(60) + '-';
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i <= upTo(3); i++) {
            events.add(event(new EventId(request + i), IdOrigin.REQUEST));
        }
        return events;
    }

    /** An event whose content follows from its id, but for every twelfth. */
    private NewEvent event(EventId id, IdOrigin origin) {
        int content = upTo(12) == 0 ? upTo(1_000) : id.hashCode() & 0xffff;
        String partitionKey = PARTITIONS.get(content % PARTITIONS.size());
        Instant timestamp = content % 3 == 0 ? null : START.plusSeconds(content % 100);
        List<String> tags = TAGS.subList(0, content % (TAGS.size() + 1));
        EventFacts facts = new EventFacts(
                id, partitionKey, ACTIONS.get(content % ACTIONS.size()), "tests", "artifact", "answer", "", 1, tags);
        return new NewEvent(
                facts,
                origin,
                timestamp,
                ProposedEnvelope.encode(wire(facts, timestamp), facts),
                ("{\"content\":" + content + '}').getBytes(UTF_8),
                PayloadForm.JSON);
    }

    private static dev.foldlog.v1.NewEvent wire(EventFacts facts, @Nullable Instant timestamp) {
        dev.foldlog.v1.NewEvent.Builder event = dev.foldlog.v1.NewEvent.newBuilder()
                .setEventId(facts.eventId().text())
                .setPartitionKey(facts.partitionKey())
                .setAction(facts.action())
                .setProducer(facts.producer())
                .setArtifactId(facts.artifactId())
                .setArtifactType(facts.artifactType())
                .addAllTags(facts.tags());
        if (timestamp != null) {
            event.setTimestamp(ProtoTimes.timestamp(timestamp));
        }
        return event.build();
    }

    private <T> List<T> some(int max, Supplier<T> maker) {
        List<T> made = new ArrayList<>();
        for (int i = 0; i <= upTo(max); i++) {
            made.add(maker.get());
        }
        return made;
    }

    private <T> T one(List<T> choices) {
        return choices.get(upTo(choices.size()));
    }
}
