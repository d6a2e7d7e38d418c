package dev.foldlog.bench.peers;

import com.google.protobuf.CodedOutputStream;
import dev.foldlog.bench.load.Feedback;
import dev.foldlog.bench.load.WireForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * UmaDB's append requests, by the field numbers of its published API: the action as the type, the artifact as
 * the one tag, the payload as data, everything else as metadata, so that it stores the same.
 */
final class UmaDbForm implements WireForm {
    private static final int EVENTS = 1;
    private static final int TYPE = 1;
    private static final int TAGS = 2;
    private static final int DATA = 3;
    private static final int UUID = 4;
    private static final int METADATA = 5;

    @Override
    public byte[] request(Feedback feedback, String eventId, String artifactId) {
        byte[] event = message(out -> {
            out.writeString(TYPE, feedback.action());
            out.writeString(TAGS, artifactId);
            out.writeString(DATA, feedback.json());
            out.writeString(UUID, eventId);
            out.writeByteArray(METADATA, entry("producer", feedback.producer()));
            out.writeByteArray(METADATA, entry("artifact_type", feedback.artifactType()));
            out.writeByteArray(METADATA, entry("thread", feedback.threadId()));
        });
        return message(out -> out.writeByteArray(EVENTS, event));
    }

    private static byte[] entry(String key, String value) {
        return message(out -> {
            out.writeString(1, key);
            out.writeString(2, value);
        });
    }

    static byte[] message(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            content.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** Writes the fields of a message. */
    interface Content {
        void write(CodedOutputStream out) throws IOException;
    }
}
