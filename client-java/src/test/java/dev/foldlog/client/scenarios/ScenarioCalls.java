package dev.foldlog.client.scenarios;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.MessageOrBuilder;
import dev.foldlog.client.EventIterator;
import dev.foldlog.client.Foldlog;
import dev.foldlog.scenarios.ScenarioServer;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The calls of scenarios, by name. Confined to one thread. */
final class ScenarioCalls {
    private final ScenarioServer server;
    private final Path folder;
    private final ScenarioClients clients;

    ScenarioCalls(ScenarioServer server, Path folder, ScenarioClients clients) {
        this.server = server;
        this.folder = folder;
        this.clients = clients;
    }

    JsonElement answer(String call, Foldlog client, JsonObject with) throws Exception {
        return switch (call) {
            case "append" -> Json.of(client.append(Json.message(with, AppendRequest.getDefaultInstance())));
            case "read_stream" -> read(client.readStream(Json.message(with, ReadStreamRequest.getDefaultInstance())));
            case "read_stream_since" ->
                since(client.readStreamSince(Json.message(with, ReadStreamSinceRequest.getDefaultInstance())));
            case "read_all" -> events(client.readAll(Json.message(with, ReadAllRequest.getDefaultInstance())));
            case "load_history" -> list("events", client.loadHistory(text(with, "partition_key")).stream());
            case "get_event" -> Json.of(client.getEvent(text(with, "event_id")));
            case "get_partition" -> Json.of(client.getPartition(text(with, "partition_key")));
            case "list_partitions" -> list("partitions", client.listPartitions(text(with, "prefix")));
            case "store_info" -> Json.of(client.storeInfo());
            case "transaction" -> new TransactionCall(client, clients.named("meanwhile"), with).answer();
            case "kill_worker" -> new KilledWorker(server, client, with).answer();
            case "each_error" -> new EachError(server, client, folder).answer();
            case "golden" -> GoldenCheck.answer(folder.resolve("golden"));
            case "give_up" -> ManyEvents.giveUp(server, client);
            case "count_all" -> ManyEvents.counted(client, with);
            default -> call.startsWith("checkpoint_") ? checkpoint(call, client, with) : payload(call, client, with);
        };
    }

    private static JsonElement checkpoint(String call, Foldlog client, JsonObject with) {
        return switch (call) {
            case "checkpoint_get" ->
                client.checkpoints()
                        .get(text(with, "name"))
                        .map(it -> Json.of("checkpoint", Json.of(it)))
                        .orElseGet(JsonObject::new);
            case "checkpoint_move" ->
                Json.of(
                        "checkpoint",
                        Json.of(client.checkpoints()
                                .move(
                                        text(with, "name"),
                                        with.get("from").getAsLong(),
                                        with.get("to").getAsLong())));
            case "checkpoint_delete" ->
                Json.of("deleted", new JsonPrimitive(client.checkpoints().delete(text(with, "name"))));
            case "checkpoint_list" -> list("checkpoints", client.checkpoints().list());
            default -> throw new AssertionError("call: " + call + " (expected: a known one)");
        };
    }

    private static JsonElement payload(String call, Foldlog client, JsonObject with) {
        return switch (call) {
            case "append_value" -> NativePayloads.append(client, with);
            case "payload_integers" -> NativePayloads.integers(client, with);
            case "big_payload" -> NativePayloads.big(client, with);
            case "made_ids" -> NativePayloads.ids(client, text(with, "partition_key"));
            default -> throw new AssertionError("call: " + call + " (expected: a known one)");
        };
    }

    static String text(JsonObject with, String key) {
        return with.get(key).getAsString();
    }

    private static JsonObject read(EventIterator read) {
        JsonObject answer = events(read);
        answer.addProperty("last_sequence", String.valueOf(read.lastSequence()));
        return answer;
    }

    private static JsonObject since(EventIterator read) {
        JsonObject answer = events(read);
        answer.addProperty("truncated", read.isTruncated());
        return answer;
    }

    private static JsonObject events(EventIterator read) {
        return list("events", read.toList().stream());
    }

    private static JsonObject list(String key, Stream<? extends MessageOrBuilder> messages) {
        JsonArray array = new JsonArray();
        messages.forEach(it -> array.add(Json.of(it)));
        return Json.of(key, array);
    }
}
