package dev.foldlog.client.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.foldlog.client.EventIterator;
import dev.foldlog.client.Foldlog;
import dev.foldlog.scenarios.ScenarioServer;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.RecordedEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The calls {@code count_all} and {@code give_up}. */
final class ManyEvents {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EVENTS_BETWEEN_LOOKS = 10_000;

    private ManyEvents() {}

    static JsonElement counted(Foldlog client, JsonObject with) {
        long growthMax =
                with.has("memory_growth_max") ? with.get("memory_growth_max").getAsLong() : Long.MAX_VALUE;
        long before = usedBytes();
        Set<String> artifacts = new HashSet<>();
        JsonObject answer = new JsonObject();
        int count = 0;
        try (EventIterator events = client.readAll(EventFilter.getDefaultInstance())) {
            while (events.hasNext()) {
                RecordedEvent event = events.next();
                count++;
                artifacts.add(event.getArtifactId());
                if (count == 1) {
                    answer.addProperty("first", event.getArtifactId());
                }
                answer.addProperty("last", event.getArtifactId());
                if (count % EVENTS_BETWEEN_LOOKS == 0) {
                    assertThat(usedBytes() - before).isLessThan(growthMax);
                }
            }
        }
        answer.addProperty("count", count);
        answer.addProperty("distinct", artifacts.size());
        return answer;
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    static JsonElement giveUp(ScenarioServer server, Foldlog client) throws Exception {
        EventIterator read = client.readAll(EventFilter.getDefaultInstance());
        CompletableFuture<Boolean> reading = CompletableFuture.supplyAsync(read::hasNext);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> server.cue("calls ReadAll").equals("1"));
        read.close();
        boolean hasEvent = reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return Json.of("given_up", new JsonPrimitive(!hasEvent));
    }
}
