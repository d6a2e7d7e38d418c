package dev.foldlog.examples.words;

import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.EventProjector;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The fold: words in lower case and how often they came. Immutable. */
final class WordFold implements EventProjector {
    private static final JsonFactory JSON = new JsonFactory();

    private final String field;

    WordFold(String field) {
        this.field = field;
    }

    @Override
    public boolean applies(EventView event) {
        return text(event) != null;
    }

    @Override
    public List<String> keys(EventView event) {
        return List.of(event.envelope().facts().artifactType());
    }

    @Override
    public String apply(EventView event, String state) {
        Map<String, Long> counts = counts(state);
        String text = text(event);
        for (String word : (text == null ? "" : text).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                counts.merge(word, 1L, Long::sum);
            }
        }
        StringWriter written = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), written)) {
            json.writeStartObject();
            counts.forEach(json::writeNumberProperty);
            json.writeEndObject();
        }
        return written.toString();
    }

    /** The text in the payload; null when there is none. */
    private @Nullable String text(EventView event) {
        byte[] payload = event.payload();
        if (payload == null) {
            return null;
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), payload)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isWanted = json.currentName().equals(field);
                if (json.nextToken() == JsonToken.VALUE_STRING && isWanted) {
                    return json.getString();
                }
                json.skipChildren();
            }
            return null;
        }
    }

    private static Map<String, Long> counts(String state) {
        Map<String, Long> counts = new TreeMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), state)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String word = json.currentName();
                json.nextToken();
                counts.put(word, json.getLongValue());
            }
        }
        return counts;
    }
}
