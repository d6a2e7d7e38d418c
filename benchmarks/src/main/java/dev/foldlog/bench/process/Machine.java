package dev.foldlog.bench.process;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run was made on, for whoever compares figures. */
public final class Machine {
    private Machine() {}

    /** Facts by name. */
    public static Map<String, String> facts(Path data) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", first(Path.of("/proc/cpuinfo"), "model name", ":"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", first(Path.of("/proc/meminfo"), "MemTotal", ":"));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("file system of the data", Files.getFileStore(data).type());
        return facts;
    }

    /** Refuses a folder whose files never reach a disk: a sync costs nothing there. */
    public static void requireDisk(Path data) throws IOException {
        FileStore store = Files.getFileStore(data);
        if (store.type().equals("tmpfs") || store.type().equals("ramfs")) {
            throw new IllegalArgumentException(
                    "data: " + data + " is on " + store.type() + " (expected: a folder on a disk)");
        }
    }

    private static String first(Path file, String name, String separator) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(it -> it.startsWith(name))
                .map(it -> it.substring(it.indexOf(separator) + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
