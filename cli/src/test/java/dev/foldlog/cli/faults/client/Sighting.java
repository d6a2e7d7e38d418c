package dev.foldlog.cli.faults.client;

import dev.foldlog.v1.RecordedEvent;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** An event as it was seen somewhere: its position and a digest of all of it. */
record Sighting(long position, long digest) {
    static Sighting of(RecordedEvent event) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(event.toByteArray());
            return new Sighting(event.getPosition(), ByteBuffer.wrap(hash).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static List<Sighting> ofAll(List<RecordedEvent> events) {
        return events.stream().map(Sighting::of).toList();
    }
}
