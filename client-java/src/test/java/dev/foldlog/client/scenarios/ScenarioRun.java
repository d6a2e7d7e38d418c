package dev.foldlog.client.scenarios;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.foldlog.client.Foldlog;
import dev.foldlog.client.error.FoldlogException;
import dev.foldlog.scenarios.ScenarioServer;
import dev.foldlog.v1.SubscribeAllRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One scenario on an empty server: its steps in turn. Confined to one thread. */
final class ScenarioRun implements AutoCloseable {
    private final ScenarioServer server;
    private final JsonObject scenario;
    private final ScenarioClients clients;
    private final ScenarioCalls calls;
    private final Map<String, Followed> followed = new HashMap<>();

    ScenarioRun(ScenarioServer server, Path folder, JsonObject scenario) {
        this.server = server;
        this.scenario = scenario;
        this.clients = new ScenarioClients(server.address(), scenario);
        this.calls = new ScenarioCalls(server, folder, clients);
        server.cue("reset");
    }

    void steps() throws Exception {
        assertThat(Set.of("title", "options", "clients", "steps")).containsAll(scenario.keySet());
        int number = 0;
        for (JsonElement step : scenario.getAsJsonArray("steps")) {
            number++;
            try {
                step(step.getAsJsonObject());
            } catch (Exception | AssertionError e) {
                throw new AssertionError("step " + number + ", " + step + ": " + e.getMessage(), e);
            }
        }
    }

    private void step(JsonObject step) throws Exception {
        if (step.has("cue")) {
            known(step, "cue", "answer");
            cue(step);
        } else if (step.has("call")) {
            known(step, "call", "client", "with", "answer", "error");
            call(step);
        } else if (step.has("subscribe")) {
            known(step, "subscribe", "client", "with");
            SubscribeAllRequest request = Json.message(step.get("with"), SubscribeAllRequest.getDefaultInstance());
            String client = client(step);
            followed.put(
                    step.get("subscribe").getAsString(),
                    Followed.start(clients.named(client), request, clients.heartbeatsMissed(client)));
        } else if (step.has("await")) {
            known(step, "await", "events", "count", "distinct", "position", "signals");
            subscription(step, "await").await(step);
        } else if (step.has("close")) {
            known(step, "close");
            subscription(step, "close").close();
        } else {
            known(step, "ended", "error");
            compare(step.getAsJsonObject("error"), subscription(step, "ended").failure());
        }
    }

    private static void known(JsonObject step, String... keys) {
        assertThat(Set.of(keys)).as("keys of a step").containsAll(step.keySet());
    }

    private Followed subscription(JsonObject step, String key) {
        return requireNonNull(followed.get(step.get(key).getAsString()), "a subscription of that name");
    }

    private void cue(JsonObject step) {
        String answer = server.cue(step.get("cue").getAsString());
        if (step.has("answer")) {
            assertThat(answer).isEqualTo(step.get("answer").getAsString());
        }
    }

    private static String client(JsonObject step) {
        return step.has("client") ? step.get("client").getAsString() : ScenarioClients.MAIN;
    }

    private void call(JsonObject step) throws Exception {
        Foldlog client = clients.named(client(step));
        JsonObject with = step.has("with") ? step.getAsJsonObject("with") : new JsonObject();
        JsonElement answer;
        try {
            answer = calls.answer(step.get("call").getAsString(), client, with);
        } catch (FoldlogException e) {
            if (step.has("error")) {
                compare(step.getAsJsonObject("error"), e);
                return;
            }
            throw e;
        }
        assertThat(step.has("answer")).as("an error, not the answer " + answer).isTrue();
        assertThat(Json.mismatch("answer", step.get("answer"), answer)).isNull();
    }

    private static void compare(JsonObject wanted, Throwable failure) {
        if (!(failure instanceof FoldlogException ours)) {
            throw new AssertionError("not the client's own error: " + failure, failure);
        }
        assertThat(Json.mismatch("error", wanted, ErrorFacts.of(ours, wanted))).isNull();
    }

    @Override
    public void close() {
        followed.values().forEach(Followed::close);
        clients.close();
    }
}
