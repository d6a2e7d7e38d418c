package dev.foldlog.client.scenarios;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.foldlog.client.Foldlog;
import dev.foldlog.scenarios.ScenarioServer;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.RecordedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.awaitility.Awaitility;

/** The call {@code kill_worker}. Confined to one thread. */
final class KilledWorker {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final ScenarioServer server;
    private final Foldlog client;
    private final String checkpoint;
    private final long events;
    private final int kills;

    KilledWorker(ScenarioServer server, Foldlog client, JsonObject with) {
        this.server = server;
        this.client = client;
        this.checkpoint = ScenarioCalls.text(with, "checkpoint");
        this.events = with.get("events").getAsLong();
        this.kills = with.get("kills").getAsInt();
    }

    JsonElement answer() throws IOException, InterruptedException {
        int killed = 0;
        for (int kill = 1; kill <= kills; kill++) {
            killed += runUntil(events * kill / (kills + 1)) ? 1 : 0;
        }
        runUntil(events);
        List<RecordedEvent> scores = client.readAll(
                        EventFilter.newBuilder().addActions("score").build())
                .toList();
        JsonObject answer = new JsonObject();
        answer.addProperty("kills", killed);
        answer.addProperty("derived", scores.size());
        answer.addProperty(
                "distinct",
                new HashSet<>(scores.stream().map(RecordedEvent::getArtifactId).toList()).size());
        return answer;
    }

    /** Runs a worker until the checkpoint is so far, and kills it; whether it still ran then. */
    private boolean runUntil(long position) throws IOException, InterruptedException {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ScorerMain.class.getName(),
                        server.address(),
                        checkpoint)
                .inheritIO()
                .start();
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(LOOK_EVERY)
                    .until(() -> position() >= position || !worker.isAlive());
            return worker.isAlive();
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    private long position() {
        return client.checkpoints().get(checkpoint).map(Checkpoint::getPosition).orElse(0L);
    }
}
