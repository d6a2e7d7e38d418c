package dev.foldlog.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a store as its last process left them, brought to the disk beyond doubt. After a sync that
 * failed, Linux goes on to show what was written, takes it for clean, and never writes it again: whoever
 * opens the files finds commits that a power loss would undo, and with them every later one, since the log
 * is read up to its first gap. Each byte is therefore written once more, over itself, and synced. That
 * changes nothing, so a crash in the middle does no harm. Where a byte cannot be written, as on some full
 * disks, the log says so and the store opens all the same.
 */
final class WrittenAgain {
    private static final Logger LOG = LoggerFactory.getLogger(WrittenAgain.class);

    /** The database file itself is written before the log takes over: its first page alone. */
    private static final long FIRST_PAGE_BYTES = Connections.PAGE_BYTES;

    private static final int CHUNK_BYTES = 1 << 20;

    private WrittenAgain() {}

    /** Does so for a database of this name in a folder, to which no connection is open. */
    static void durably(Path folder, String database) throws IOException {
        write(folder.resolve(database + "-wal"), Long.MAX_VALUE);
        write(folder.resolve(database), FIRST_PAGE_BYTES);
        sync(folder);
    }

    private static void write(Path file, long bytesMax) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = Math.min(channel.size(), bytesMax);
            ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(end, CHUNK_BYTES));
            boolean isWritten = true;
            for (long at = 0; isWritten && at < end; at += chunk.limit()) {
                fill(channel, chunk.clear().limit((int) Math.min(chunk.capacity(), end - at)), at);
                isWritten = isDrained(channel, chunk.flip(), at);
            }
            channel.force(true);
        }
    }

    private static void fill(FileChannel channel, ByteBuffer chunk, long at) throws IOException {
        while (chunk.hasRemaining()) {
            if (channel.read(chunk, at + chunk.position()) < 0) {
                throw new IOException("a file became shorter while it was read");
            }
        }
    }

    /** A full disk may refuse even this, and must not keep the store from being read. */
    private static boolean isDrained(FileChannel channel, ByteBuffer chunk, long at) throws IOException {
        try {
            while (chunk.hasRemaining()) {
                channel.write(chunk, at + chunk.position());
            }
            return true;
        } catch (IOException e) {
            LOG.warn("what the last process left cannot be written again ({}); going on without", e.getMessage());
            return false;
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
