package dev.foldlog.client.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.foldlog.scenarios.ScenarioServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario of clients/scenarios, each a test of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScenariosTest {
    private static final Path FOLDER = Path.of("..", "clients", "scenarios");

    private ScenarioServer server = ScenarioServer.start(FOLDER);

    @BeforeAll
    void thereAreScenarios() throws IOException {
        assertThat(names()).hasSizeGreaterThan(20);
    }

    @AfterAll
    void close() {
        server.close();
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("behaviours"))) {
            return files.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void behaves_as_described(String name) throws Exception {
        JsonObject scenario = Json.object(FOLDER.resolve("behaviours").resolve(name));
        try (ScenarioRun run = new ScenarioRun(server, FOLDER, scenario)) {
            run.steps();
        }
        server.cue("passed java " + name);
    }

    @Test
    void what_is_not_known_fails() {
        for (String steps : List.of(
                "{\"call\": \"fly\", \"answer\": {}}",
                "{\"jump\": \"high\"}",
                "{\"cue\": \"bogus\"}",
                "{\"call\": \"store_info\", \"answer\": {\"store_kind\": \"paper\"}}",
                "{\"call\": \"store_info\", \"error\": {\"type\": \"Transport\"}}",
                "{\"call\": \"store_info\", \"answer\": {}, \"extra\": 1}")) {
            JsonObject scenario = Json.parse("{\"title\": \"t\", \"steps\": [" + steps + "]}");
            assertThat(Failing.isThrownBy(() -> {
                        try (ScenarioRun run = new ScenarioRun(server, FOLDER, scenario)) {
                            run.steps();
                        }
                    }))
                    .as(steps)
                    .isTrue();
        }
    }

    /** Whether something fails. */
    private interface Failing {
        void run() throws Exception;

        static boolean isThrownBy(Failing action) {
            try {
                action.run();
                return false;
            } catch (Exception | AssertionError e) {
                return true;
            }
        }
    }
}
