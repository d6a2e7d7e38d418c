package dev.foldlog.client.scenarios;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.foldlog.client.Foldlog;
import dev.foldlog.client.Payloads;
import dev.foldlog.client.jackson.JacksonPayloadCodec;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The calls that look into payloads and ids. */
final class NativePayloads {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final JacksonPayloadCodec<JsonNode> CODEC = JacksonPayloadCodec.of(MAPPER, JsonNode.class);
    private static final String BIG_BEGIN = "{\"pad\":\"";
    private static final String BIG_END = "\"}";

    private NativePayloads() {}

    static JsonElement append(Foldlog client, JsonObject with) {
        JsonNode value = MAPPER.readTree(ScenarioCalls.text(with, "value"));
        return Json.of(client.append(Json.message(with.get("event"), NewEvent.getDefaultInstance()).toBuilder()
                .setPayload(CODEC.encode(value))
                .build()));
    }

    static JsonElement integers(Foldlog client, JsonObject with) {
        RecordedEvent event = first(client, ScenarioCalls.text(with, "partition_key"));
        JsonNode value = CODEC.decode(event.getPayload());
        JsonArray integers = new JsonArray();
        for (JsonElement path : with.getAsJsonArray("paths")) {
            JsonNode found = value;
            for (JsonElement key : path.getAsJsonArray()) {
                found = found.isArray() ? found.path(key.getAsInt()) : found.path(key.getAsString());
            }
            integers.add(found.isIntegralNumber() ? found.bigIntegerValue().toString() : "none: " + found);
        }
        return Json.of("integers", integers);
    }

    static JsonElement big(Foldlog client, JsonObject with) {
        int bytes = with.get("bytes").getAsInt();
        String text = BIG_BEGIN + "x".repeat(bytes - BIG_BEGIN.length() - BIG_END.length()) + BIG_END;
        String artifact = ScenarioCalls.text(with, "artifact_id");
        client.append(NewEvent.newBuilder()
                .setAction("approve")
                .setProducer("tests")
                .setArtifactType("answer")
                .setArtifactId(artifact)
                .setPayload(Payloads.json(text))
                .build());
        String read = Payloads.json(first(client, artifact).getPayload());
        JsonObject answer = new JsonObject();
        answer.addProperty("bytes", read.length());
        answer.addProperty("same", read.equals(text));
        return answer;
    }

    static JsonElement ids(Foldlog client, String partitionKey) {
        List<String> ids = client.readStream(partitionKey).stream()
                .map(RecordedEvent::getEventId)
                .toList();
        JsonObject answer = new JsonObject();
        answer.addProperty("version", UUID.fromString(ids.get(0)).version());
        answer.addProperty("ascending", ids.equals(ids.stream().sorted().toList()));
        answer.addProperty("count", ids.size());
        return answer;
    }

    private static RecordedEvent first(Foldlog client, String partitionKey) {
        return client.readStream(partitionKey).next();
    }
}
