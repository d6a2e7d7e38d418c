package dev.foldlog.cli;

import dev.foldlog.cli.client.KeyedState;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Facts as JSON on one line. */
final class FactsJson {
    private FactsJson() {}

    /** An object: Longs are numbers, Lists arrays of texts, everything else text. */
    static String of(Map<String, Object> facts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            facts.forEach((name, value) -> {
                if (value instanceof Long number) {
                    json.writeNumberProperty(name, number);
                } else if (value instanceof List<?> values) {
                    json.writeArrayPropertyStart(name);
                    values.forEach(it -> json.writeString(String.valueOf(it)));
                    json.writeEndArray();
                } else {
                    json.writeStringProperty(name, String.valueOf(value));
                }
            });
            json.writeEndObject();
        }
        return text.toString();
    }

    /** A state with its key; its JSON stands as it is. */
    static String state(KeyedState state) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("key", state.key());
            json.writeNumberProperty("position", state.position());
            json.writeName("state");
            json.writeRawValue(state.json());
            json.writeEndObject();
        }
        return text.toString();
    }
}
