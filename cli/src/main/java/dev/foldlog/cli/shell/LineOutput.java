package dev.foldlog.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Buffered output of UTF-8 lines. Confined to one thread. A reader that went away (a closed pipe) ends the
 * command by {@link OutputClosedException}, every other failure by an error.
 */
public final class LineOutput implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream stream;
    private final String name;

    public LineOutput(OutputStream target, String name) {
        this.stream = new BufferedOutputStream(target, BUFFER_BYTES);
        this.name = name;
    }

    public void line(String text) {
        write(text.getBytes(UTF_8));
        write(new byte[] {'\n'});
    }

    /** Writes bytes that are whole lines. */
    public void write(byte[] lines) {
        try {
            stream.write(lines);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Hands everything written to the operating system. */
    public void flush() {
        try {
            stream.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Flushes and closes the target. */
    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.contains("Broken pipe") || reason.contains("Pipe closed")) {
            return new OutputClosedException();
        }
        return new CommandException(ExitCode.FAILURE, name + ": cannot be written: " + reason);
    }
}
