package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.store.CheckpointStore;
import dev.foldlog.core.store.EventAppender;
import dev.foldlog.core.store.EventReader;
import dev.foldlog.core.store.EventStore;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jooq.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How SQLite runs what the store asks: by which index, without looking through a table, without sorting.
 * The statements are not listed here but overheard while the store is used, so that one more of them
 * fails the step that meets it; and every question of the ports and every field of a filter must be met.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueryPlanTest {
    private static final List<Class<?>> PORTS = List.of(EventReader.class, EventAppender.class, CheckpointStore.class);
    private static final Set<String> WITHOUT_STATEMENTS = Set.of("head");

    private final RecordedStore recorded;

    QueryPlanTest(@TempDir Path folder) throws SQLException {
        recorded = RecordedStore.in(folder);
    }

    @BeforeAll
    void two_events_are_there() {
        StoreUnderTest.answer(recorded.store().append(append(event("a").tagged("t"), event("b"))));
    }

    @AfterAll
    void close() {
        recorded.close();
    }

    static List<PlannedStep> steps() {
        return PlannedStep.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void each_statement_is_run_as_meant(PlannedStep step) throws SQLException {
        try (Connection connection = Connections.looking(recorded.database())) {
            assertThat(plans(connection, overheard(step.act()))).containsExactlyInAnyOrderElementsOf(step.plans());
        }
    }

    @Test
    void what_the_writer_prepares_is_run_as_meant(@TempDir Path other) throws SQLException {
        try (RecordedStore fresh = RecordedStore.in(other);
                Connection connection = Connections.looking(fresh.database())) {
            assertThat(plans(connection, fresh.recording.take()))
                    .containsExactlyInAnyOrderElementsOf(PlannedStep.OPENING);
        }
    }

    @Test
    void every_question_of_the_ports_is_a_step() {
        Set<String> met = new TreeSet<>(WITHOUT_STATEMENTS);
        EventStore noting = (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (self, method, arguments) -> {
                    met.add(method.getName());
                    return method.invoke(recorded.store(), arguments);
                });
        PlannedStep.ALL.forEach(step -> step.act().on(noting));

        assertThat(met)
                .containsAll(PORTS.stream()
                        .flatMap(port -> Arrays.stream(port.getDeclaredMethods()))
                        .map(Method::getName)
                        .collect(toSet()));
    }

    @Test
    void every_statement_that_a_class_keeps_is_met(@TempDir Path other) throws Exception {
        Set<String> met;
        try (RecordedStore fresh = RecordedStore.in(other)) {
            PlannedStep.ALL.forEach(step -> step.act().on(fresh.store()));
            met = Set.copyOf(fresh.recording.take());
        }
        List<Field> kept = keptStatements();

        assertThat(kept).hasSizeGreaterThan(5);
        for (Field field : kept) {
            field.setAccessible(true);
            Query query = (Query) field.get(null);
            assertThat(met).as("the statement in %s", field).contains(query.getSQL());
        }
    }

    static Stream<String> filters() {
        return filtersByName().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("filters")
    void a_filter_never_chooses_what_a_read_walks_along(String name) throws SQLException {
        EventFilter filter = requireNonNull(filtersByName().get(name));
        for (Direction direction : Direction.values()) {
            assertWalks(
                    store -> drain(
                            store,
                            store.readStream(new StreamRead("p", filter, direction, Sequence.NONE, new Position(2)))
                                    .cursor()),
                    "event_by_sequence");
            assertWalks(
                    store ->
                            drain(store, store.readAll(new LogRead(filter, direction, Position.NONE, new Position(2)))),
                    "event_by_sequence",
                    "event_by_kind",
                    "event_tag USING PRIMARY KEY",
                    "event_tag EXISTS USING PRIMARY KEY",
                    "event USING INTEGER PRIMARY KEY");
        }
        assertWalksAndSorts(
                store -> drain(
                        store,
                        store.readStreamSince(new StreamSinceRead("p", Instant.EPOCH, filter, 1, new Position(2)))
                                .cursor()),
                "event_by_sequence",
                "event_late",
                "event_tag EXISTS USING PRIMARY KEY",
                "event USING INTEGER PRIMARY KEY");
    }

    @Test
    void every_field_of_a_filter_is_met() {
        assertThat(filtersByName().keySet())
                .containsAll(Arrays.stream(EventFilter.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    /** The control: without its index, each step that names it runs otherwise and would fail. */
    @Test
    void a_missing_index_is_noticed(@TempDir Path other) throws SQLException {
        for (String index : List.of("event_by_id", "event_by_sequence", "event_late")) {
            Path copy = other.resolve(index + ".db");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                    Statement statement = connection.createStatement()) {
                Migrations.run(connection);
                statement.execute("DROP INDEX " + index);
                List<PlannedStep> touched = PlannedStep.ALL.stream()
                        .filter(step -> step.plans().toString().contains(index))
                        .toList();
                assertThat(touched).as(index).isNotEmpty();
                for (PlannedStep step : touched) {
                    assertThat(plans(connection, overheard(step.act())))
                            .as("%s without %s", step, index)
                            .isNotEqualTo(step.plans())
                            .noneMatch(plan -> plan.contains(index));
                }
            }
        }
    }

    private void assertWalks(PlannedStep.Act act, String... expected) throws SQLException {
        assertThat(assertWalksAndSorts(act, expected)).noneMatch(plan -> plan.contains("TEMP B-TREE"));
    }

    /** Every way to an event is one of the expected, and nothing but the small table of kinds is looked through. */
    private List<String> assertWalksAndSorts(PlannedStep.Act act, String... expected) throws SQLException {
        try (Connection connection = Connections.looking(recorded.database())) {
            List<String> plans = plans(connection, overheard(act));
            assertThat(plans).isNotEmpty().allSatisfy(plan -> {
                assertThat(plan.replace("SCAN CONSTANT ROW", "").replace("SCAN kind", ""))
                        .doesNotContain("SCAN");
                assertThat(plan).doesNotContain("MULTI-INDEX");
                String way = plan.split(" \\| ", 2)[0];
                if (way.contains("SEARCH event")) {
                    assertThat(expected).as(plan).anyMatch(way::contains);
                }
            });
            return plans;
        }
    }

    private List<String> overheard(PlannedStep.Act act) {
        recorded.recording.take();
        act.on(recorded.store());
        return recorded.recording.take();
    }

    private static void drain(EventStore store, dev.foldlog.core.read.EventCursor cursor) {
        assertThat(store.isServing()).isTrue();
        StoreUnderTest.all(cursor, StoreUnderTest.PAGE);
    }

    private static List<String> plans(Connection connection, List<String> statements) throws SQLException {
        List<String> plans = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                String plan = PlannedStep.plan(statement, sql);
                if (!plan.isEmpty()) {
                    plans.add(plan);
                }
            }
        }
        return plans;
    }

    /** Verification looks at everything, on purpose, and is left out. */
    private static List<Field> keptStatements() throws Exception {
        List<Field> kept = new ArrayList<>();
        Path classes = Path.of(Migrations.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("dev/foldlog/store/sqlite");
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.equals("package-info")) {
                    Class<?> owner = Class.forName(Migrations.class.getPackageName() + '.' + name);
                    Arrays.stream(owner.getDeclaredFields())
                            .filter(it -> Modifier.isStatic(it.getModifiers())
                                    && Query.class.isAssignableFrom(it.getType())
                                    && !SqliteVerification.Check.class.isAssignableFrom(owner))
                            .forEach(kept::add);
                }
            }
        }
        return kept;
    }

    private static Map<String, EventFilter> filtersByName() {
        EventFilter tagged = Filters.of().tags("t", "u").filter();
        EventFilter produced = Filters.of().producers("a", "b").filter();
        EventFilter elsewhere = Filters.of().partitionKeys("q").filter();
        return Map.ofEntries(
                Map.entry("all", EventFilter.ALL),
                Map.entry("one partition", elsewhere),
                Map.entry("partitionKeys", Filters.of().partitionKeys("p", "q").filter()),
                Map.entry("actions", Filters.of().actions("a", "b").filter()),
                Map.entry("artifactTypes", Filters.of().artifactTypes("a", "b").filter()),
                Map.entry("artifactIds", Filters.of().artifactIds("a", "b").filter()),
                Map.entry("threadIds", Filters.of().threadIds("a", "b").filter()),
                Map.entry("producers", produced),
                Map.entry("since", Filters.of().since(Instant.EPOCH).filter()),
                Map.entry("until", Filters.of().until(Instant.EPOCH).filter()),
                Map.entry(
                        "between in partitions",
                        Filters.of()
                                .partitionKeys("p", "q")
                                .since(Instant.EPOCH)
                                .until(TestClock.START)
                                .filter()),
                Map.entry("tags", tagged),
                Map.entry("anyOf", Filters.of().anyOf(tagged, produced).filter()),
                Map.entry(
                        "anyOf with tags",
                        Filters.of()
                                .anyOf(tagged, Filters.of().tags("v").filter())
                                .filter()),
                Map.entry(
                        "anyOf with partitions",
                        Filters.of()
                                .anyOf(
                                        elsewhere,
                                        Filters.of().partitionKeys("p").filter())
                                .filter()));
    }
}
