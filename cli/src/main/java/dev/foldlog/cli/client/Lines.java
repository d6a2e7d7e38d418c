package dev.foldlog.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, split at line feeds. Confined to one thread. */
final class Lines implements AutoCloseable {
    /** Bytes that a line may have: far above what an append may have, far below what memory holds. */
    static final int BYTES_MAX = 16 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream stream;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;
    private long number;

    Lines(InputStream stream) {
        this.stream = stream;
    }

    /** A line and its number, from 1. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Line(long number, byte[] bytes) {
        boolean isBlank() {
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }

        /** The line as text, without the byte order mark that some editors put first. */
        String text() throws EventSyntaxException {
            try {
                String text = UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
            } catch (CharacterCodingException e) {
                throw new EventSyntaxException("no valid UTF-8");
            }
        }
    }

    /** The next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        ByteArrayOutputStream longLine = null;
        while (true) {
            if (start == end && !fill()) {
                return longLine == null ? null : new Line(++number, longLine.toByteArray());
            }
            int feed = indexOfFeed();
            int until = feed < 0 ? end : feed;
            if (longLine == null && feed >= 0) {
                byte[] bytes = Arrays.copyOfRange(buffer, start, until);
                start = feed + 1;
                return new Line(++number, bytes);
            }
            longLine = longLine == null ? new ByteArrayOutputStream() : longLine;
            longLine.write(buffer, start, until - start);
            start = feed < 0 ? end : feed + 1;
            if (longLine.size() > BYTES_MAX) {
                throw new IOException("line " + (number + 1) + " is longer than " + BYTES_MAX + " bytes");
            }
            if (feed >= 0) {
                return new Line(++number, longLine.toByteArray());
            }
        }
    }

    private boolean fill() throws IOException {
        start = 0;
        end = Math.max(0, stream.read(buffer));
        return end > 0;
    }

    private int indexOfFeed() {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
