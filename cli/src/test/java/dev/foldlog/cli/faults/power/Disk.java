package dev.foldlog.cli.faults.power;

import dev.foldlog.cli.faults.power.DiskOp.FailedSync;
import dev.foldlog.cli.faults.power.DiskOp.FolderSync;
import dev.foldlog.cli.faults.power.DiskOp.Resize;
import dev.foldlog.cli.faults.power.DiskOp.Said;
import dev.foldlog.cli.faults.power.DiskOp.Sync;
import dev.foldlog.cli.faults.power.DiskOp.Unlink;
import dev.foldlog.cli.faults.power.DiskOp.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A disk between two moments: what is certainly on it, and what was written and may be on it or not. What
 * a power loss leaves is chosen by a {@link Loss}. Confined to one thread.
 */
final class Disk {
    private final Map<String, FileHistory> files = new LinkedHashMap<>();

    /** A disk on which these files of a folder are, all of them synced. */
    static Disk of(Path folder, Iterable<String> files) throws IOException {
        Disk disk = new Disk();
        for (String file : files) {
            Path path = folder.resolve(file);
            byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
            disk.files.put(file, new FileHistory(bytes));
        }
        return disk;
    }

    void apply(DiskOp op) {
        switch (op) {
            case Write write -> file(write.file()).add(write);
            case Resize resize -> file(resize.file()).add(resize);
            case Unlink unlink -> file(unlink.file()).add(unlink);
            case Sync sync -> file(sync.file()).sync();
            case FailedSync failed -> file(failed.file()).failSync();
            case FolderSync _ -> files.values().forEach(FileHistory::syncName);
            case Said _ -> {}
        }
    }

    /** Writes the files as a power loss may leave them. */
    void leave(Path folder, Loss loss, RandomGenerator random) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, FileHistory> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue().left(loss, random));
        }
    }

    private FileHistory file(String name) {
        return files.computeIfAbsent(name, _ -> new FileHistory(new byte[0]));
    }
}
