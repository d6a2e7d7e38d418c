package dev.foldlog.client;

import dev.foldlog.v1.Payload;

/**
 * Values of an application as payloads and back; {@code dev.foldlog.client.jackson} has one for JSON. Must be
 * thread-safe if it is used by several threads.
 *
 * @param <T> the application's type
 */
public interface PayloadCodec<T> {
    /** The payload of a value. Equal values must give equal bytes if an append is to be repeated from the values. */
    Payload encode(T value);

    /**
     * The value of a payload.
     *
     * @throws IllegalArgumentException when the payload is none of this codec's
     */
    T decode(Payload payload);
}
