package dev.foldlog.client.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.foldlog.client.Foldlog;
import dev.foldlog.client.error.FoldlogException;
import dev.foldlog.scenarios.ScenarioServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The call {@code each_error}. */
record EachError(ScenarioServer server, Foldlog client, Path folder) {
    JsonElement answer() throws IOException {
        List<JsonElement> errors = Json.object(folder.resolve("errors.json"))
                .getAsJsonArray("errors")
                .asList();
        for (JsonElement error : errors) {
            JsonObject described = error.getAsJsonObject();
            String reason = described.get("reason").getAsString();
            server.cue("fail-next GetEvent " + reason);
            FoldlogException failure = catchThrowableOfType(FoldlogException.class, () -> client.getEvent("any"));
            assertThat(failure).as(reason).isNotNull();
            JsonObject wanted = wanted(described);
            assertThat(Json.mismatch(reason, wanted, ErrorFacts.of(failure, wanted)))
                    .isNull();
        }
        return Json.of("errors", new JsonPrimitive(errors.size()));
    }

    private static JsonObject wanted(JsonObject described) {
        JsonObject wanted = new JsonObject();
        for (String key : List.of("type", "reason", "code", "transient", "without_effect", "typed")) {
            wanted.add(key, described.get(key));
        }
        wanted.add("message", described.getAsJsonObject("status").get("message"));
        return wanted;
    }
}
