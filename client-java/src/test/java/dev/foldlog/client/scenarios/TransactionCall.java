package dev.foldlog.client.scenarios;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.foldlog.client.Foldlog;
import dev.foldlog.client.UnitOfWork;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;

/** The call {@code transaction}. Confined to one thread. */
final class TransactionCall {
    private final Foldlog client;
    private final Foldlog meanwhile;
    private final JsonObject with;
    private int runs;
    private JsonArray reads = new JsonArray();

    TransactionCall(Foldlog client, Foldlog meanwhile, JsonObject with) {
        this.client = client;
        this.meanwhile = meanwhile;
        this.with = with;
    }

    JsonElement answer() {
        client.withTransaction(this::run);
        JsonObject answer = Json.of("reads", reads);
        answer.addProperty("runs", runs);
        return answer;
    }

    private int run(UnitOfWork unit) {
        reads = new JsonArray();
        read(unit, "reads");
        JsonArray others = with.getAsJsonArray("meanwhile");
        if (runs < others.size()) {
            meanwhile.append(events(others.get(runs)));
        }
        runs++;
        unit.append(events(with.get("append")));
        read(unit, "then");
        return runs;
    }

    private static List<NewEvent> events(JsonElement list) {
        return list.getAsJsonArray().asList().stream()
                .map(it -> Json.message(it, NewEvent.getDefaultInstance()))
                .toList();
    }

    private void read(UnitOfWork unit, String key) {
        if (with.has(key)) {
            for (JsonElement read : with.getAsJsonArray(key)) {
                JsonArray ids = new JsonArray();
                read(unit, read.getAsJsonObject()).forEach(it -> ids.add(it.getEventId()));
                reads.add(ids);
            }
        }
    }

    private static List<RecordedEvent> read(UnitOfWork unit, JsonObject read) {
        String call = read.keySet().iterator().next();
        JsonElement request = read.get(call);
        return switch (call) {
            case "read_stream" -> unit.readStream(Json.message(request, ReadStreamRequest.getDefaultInstance()));
            case "read_stream_since" ->
                unit.readStreamSince(Json.message(request, ReadStreamSinceRequest.getDefaultInstance()));
            case "read_all" -> unit.readAll(Json.message(request, ReadAllRequest.getDefaultInstance()));
            default -> throw new AssertionError("read: " + call + " (expected: a known one)");
        };
    }
}
