package dev.foldlog.client.scenarios;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Message;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The call {@code golden}. */
final class GoldenCheck {
    private static final Map<String, Message> TYPES = Stream.<Message>of(
                    NewEvent.getDefaultInstance(),
                    RecordedEvent.getDefaultInstance(),
                    AppendRequest.getDefaultInstance(),
                    AppendResponse.getDefaultInstance(),
                    AppendConflict.getDefaultInstance(),
                    GetStoreInfoResponse.getDefaultInstance(),
                    SubscribeAllResponse.getDefaultInstance())
            .collect(Collectors.toMap(it -> it.getDescriptorForType().getFullName(), Function.identity()));

    private GoldenCheck() {}

    static JsonElement answer(Path folder) throws IOException {
        List<JsonElement> list = JsonParser.parseString(Files.readString(folder.resolve("golden.json")))
                .getAsJsonArray()
                .asList();
        for (JsonElement golden : list) {
            String name = golden.getAsJsonObject().get("name").getAsString();
            Message like = requireNonNull(
                    TYPES.get(golden.getAsJsonObject().get("type").getAsString()), name);
            Message decoded = like.getParserForType().parseFrom(Files.readAllBytes(folder.resolve(name + ".binpb")));
            JsonElement json = Json.object(folder.resolve(name + ".json"));

            assertThat(Json.of(decoded)).as(name).isEqualTo(json);
            if (!name.contains("future")) {
                Message parsed = Json.message(json, like);
                assertThat(like.getParserForType().parseFrom(parsed.toByteString()))
                        .as(name)
                        .isEqualTo(decoded);
            }
        }
        return Json.of("messages", new JsonPrimitive(list.size()));
    }
}
