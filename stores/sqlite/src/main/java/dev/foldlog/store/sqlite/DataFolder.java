package dev.foldlog.store.sqlite;

import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one store, held by one process at a time: {@code foldlog.db} (with SQLite's {@code -wal}
 * and {@code -shm} beside it) and {@code lock}, on which the holder keeps an exclusive file lock. The
 * operating system lets go of it when the process ends, however it ends.
 *
 * <p>POSIX also lets go of it as soon as the process closes any other handle of the same file, and a second
 * attempt of the same process would do just that. So {@code guard} is locked first: it turns such an
 * attempt away before it touches {@code lock}.
 */
final class DataFolder implements AutoCloseable {
    private static final String DATABASE = "foldlog.db";
    private static final String GUARD = "guard";
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel guardFile;
    private final FileChannel lockFile;

    private DataFolder(Path folder, FileChannel guardFile, FileChannel lockFile) {
        this.folder = folder;
        this.guardFile = guardFile;
        this.lockFile = lockFile;
    }

    /** Makes the folder when it does not exist, and holds it; what is in it is on the disk from then on. */
    static DataFolder hold(Path folder) {
        try {
            makeDurably(folder.toAbsolutePath());
            return locked(folder).writtenAgain();
        } catch (IOException e) {
            throw new StoreException(ErrorCode.UNAVAILABLE, "data: " + folder + " (expected: a writable folder)", e);
        }
    }

    /** Holds a folder in which there must be a database. */
    static DataFolder holdExisting(Path folder) {
        if (!Files.isRegularFile(folder.resolve(DATABASE))) {
            throw new StoreException(
                    ErrorCode.UNAVAILABLE, "data: " + folder + " (expected: a folder with " + DATABASE + " in it)");
        }
        return hold(folder);
    }

    Path database() {
        return folder.resolve(DATABASE);
    }

    @Override
    public void close() {
        try {
            lockFile.close();
            guardFile.close();
        } catch (IOException e) {
            throw new StoreException(ErrorCode.UNAVAILABLE, "data: " + folder + ": the lock could not be let go", e);
        }
    }

    private static DataFolder locked(Path folder) throws IOException {
        FileChannel guard = lock(folder, GUARD);
        try {
            return new DataFolder(folder, guard, lock(folder, LOCK));
        } catch (IOException | RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    private DataFolder writtenAgain() throws IOException {
        try {
            WrittenAgain.durably(folder, DATABASE);
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static FileChannel lock(Path folder, String name) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new StoreException(
                    ErrorCode.UNAVAILABLE, "data: " + folder + " is in use by another server (expected: one server)");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    /** A new folder's name must be on disk before anything in the folder is acknowledged. */
    private static void makeDurably(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            makeDurably(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
