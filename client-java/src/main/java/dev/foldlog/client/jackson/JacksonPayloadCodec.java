package dev.foldlog.client.jackson;

import static java.util.Objects.requireNonNull;

import dev.foldlog.client.PayloadCodec;
import dev.foldlog.client.Payloads;
import dev.foldlog.v1.Payload;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/**
 * Values as JSON payloads, written and read by a Jackson mapper. Thread-safe, as mappers are.
 *
 * @param <T> the application's type, which must be written as a JSON object
 */
public final class JacksonPayloadCodec<T> implements PayloadCodec<T> {
    private final ObjectMapper mapper;
    private final Class<T> type;

    private JacksonPayloadCodec(ObjectMapper mapper, Class<T> type) {
        this.mapper = requireNonNull(mapper, "mapper");
        this.type = requireNonNull(type, "type");
    }

    /** A codec for a type. */
    public static <T> JacksonPayloadCodec<T> of(ObjectMapper mapper, Class<T> type) {
        return new JacksonPayloadCodec<>(mapper, type);
    }

    @Override
    public Payload encode(T value) {
        requireNonNull(value, "value");
        try {
            return Payloads.json(mapper.writeValueAsString(value));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("value: " + type.getName() + " (expected: writable as JSON)", e);
        }
    }

    @Override
    public T decode(Payload payload) {
        try {
            return mapper.readValue(Payloads.json(payload), type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("payload: JSON (expected: readable as " + type.getName() + ')', e);
        }
    }
}
