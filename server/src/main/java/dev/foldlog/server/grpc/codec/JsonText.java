package dev.foldlog.server.grpc.codec;

import dev.foldlog.server.grpc.codec.JsonVerdict.Malformed;
import dev.foldlog.server.grpc.codec.JsonVerdict.Sound;
import dev.foldlog.server.grpc.codec.JsonVerdict.TooDeep;
import dev.foldlog.server.grpc.error.ShownText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Judges JSON text as RFC 8259 has it, and stricter: one object in UTF-8, no key twice in an object, no
 * half of a surrogate pair, nothing after it. Holds no more than one string and the keys of the open
 * objects.
 */
public final class JsonText {
    // Names are not kept between texts: a table shared by all callers would be theirs to fill. Texts are
    // parsed as characters: of bytes, the parser would guess the encoding.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonVerdict.LEVELS_MAX + 1)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final boolean mayHaveHalves;

    private JsonText(JsonParser parser, boolean mayHaveHalves) {
        this.parser = parser;
        this.mayHaveHalves = mayHaveHalves;
    }

    /** Judges a text of any content. */
    public static JsonVerdict judge(String text) {
        if (!startsWithObject(text)) {
            return new Malformed("", "not a JSON object");
        }
        try (JsonParser parser = parser(text)) {
            JsonVerdict problem = new JsonText(parser, mayHaveHalves(text)).problem();
            return problem == null ? new Sound(text.getBytes(StandardCharsets.UTF_8)) : problem;
        } catch (JacksonException e) {
            return malformed(e);
        }
    }

    static JsonParser parser(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }

    private @Nullable JsonVerdict problem() {
        int levels = 0;
        do {
            JsonToken token = parser.nextToken();
            switch (token) {
                case START_OBJECT, START_ARRAY -> levels++;
                case END_OBJECT, END_ARRAY -> levels--;
                case PROPERTY_NAME, VALUE_STRING -> {
                    if (mayHaveHalves && hasHalf(parser.getString())) {
                        return new Malformed("", "half a surrogate pair before character " + offset(parser));
                    }
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {}
                case null -> throw new IllegalStateException("the parser ended inside an object");
                case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException("no token of JSON");
            }
            if (levels > JsonVerdict.LEVELS_MAX) {
                return new TooDeep(levels);
            }
        } while (levels > 0);
        return parser.nextToken() == null
                ? null
                : new Malformed("", "more after the object, character " + offset(parser));
    }

    private static boolean startsWithObject(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return c == '{';
            }
        }
        return false;
    }

    /** Whether the text has surrogates, or escapes of them: few do, and only their strings are looked into. */
    private static boolean mayHaveHalves(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) || (c == '\\' && text.regionMatches(true, i + 1, "ud", 0, 2))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasHalf(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLowSurrogate(c)) {
                return true;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long offset(JsonParser parser) {
        return parser.currentLocation().getCharOffset();
    }

    private static Malformed malformed(JacksonException e) {
        String message = e.getOriginalMessage();
        String problem = message.startsWith("Duplicate") ? ShownText.cut(message, 80) : "not JSON";
        return new Malformed("", problem + " at character " + e.getLocation().getCharOffset());
    }
}
