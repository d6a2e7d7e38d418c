package dev.foldlog.client.scenarios;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.foldlog.client.ClientOptions;
import dev.foldlog.client.Foldlog;
import dev.foldlog.client.RetryPolicy;
import io.grpc.InsecureChannelCredentials;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The clients of one scenario, each made at its first use. Confined to one thread. */
final class ScenarioClients implements AutoCloseable {
    static final String MAIN = "main";

    private static final Duration FIRST_PAUSE_MAX = Duration.ofMillis(10);
    private static final Duration PAUSE_MAX = Duration.ofMillis(100);
    private static final int HEARTBEATS_MISSED = 3;

    private final String address;
    private final JsonObject scenario;
    private final Map<String, Foldlog> made = new HashMap<>();

    ScenarioClients(String address, JsonObject scenario) {
        this.address = address;
        this.scenario = scenario;
    }

    Foldlog named(String name) {
        return made.computeIfAbsent(
                name, it -> Foldlog.connect(address, InsecureChannelCredentials.create(), options(name)));
    }

    int heartbeatsMissed(String name) {
        JsonElement missed = settings(name).get("heartbeats_missed");
        return missed == null ? HEARTBEATS_MISSED : missed.getAsInt();
    }

    private ClientOptions options(String name) {
        ClientOptions options = ClientOptions.STANDARD.withRetry(
                new RetryPolicy(RetryPolicy.STANDARD.triesMax(), FIRST_PAUSE_MAX, PAUSE_MAX));
        for (Map.Entry<String, JsonElement> setting : settings(name).entrySet()) {
            int value = setting.getValue().getAsInt();
            options = switch (setting.getKey()) {
                case "tries" -> options.withRetry(options.retry().withTriesMax(value));
                case "deadline_ms" -> options.withDeadlines(Duration.ofMillis(value), options.tryDeadline());
                case "reruns" -> options.withRerunsMax(value);
                case "heartbeats_missed" -> options;
                default -> throw new AssertionError("option: " + setting.getKey() + " (expected: a known one)");
            };
        }
        return options;
    }

    private JsonObject settings(String name) {
        JsonObject settings = new JsonObject();
        addAll(settings, scenario.getAsJsonObject("options"));
        JsonObject clients = scenario.getAsJsonObject("clients");
        addAll(settings, clients == null ? null : clients.getAsJsonObject(name));
        return settings;
    }

    private static void addAll(JsonObject settings, @org.jspecify.annotations.Nullable JsonObject more) {
        if (more != null) {
            more.entrySet().forEach(it -> settings.add(it.getKey(), it.getValue()));
        }
    }

    @Override
    public void close() {
        made.values().forEach(Foldlog::close);
    }
}
