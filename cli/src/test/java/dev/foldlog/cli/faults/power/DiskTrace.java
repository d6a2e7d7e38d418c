package dev.foldlog.cli.faults.power;

import dev.foldlog.cli.faults.power.DiskOp.FailedSync;
import dev.foldlog.cli.faults.power.DiskOp.FolderSync;
import dev.foldlog.cli.faults.power.DiskOp.Resize;
import dev.foldlog.cli.faults.power.DiskOp.Said;
import dev.foldlog.cli.faults.power.DiskOp.Sync;
import dev.foldlog.cli.faults.power.DiskOp.Unlink;
import dev.foldlog.cli.faults.power.DiskOp.Write;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what strace wrote with {@link #OPTIONS}: the operations on some files, and the lines written to
 * standard output, in the order in which they were done.
 */
final class DiskTrace {
    /** Makes strace write all that is needed here. */
    static final List<String> OPTIONS = List.of(
            "-y", "-xx", "-s", "1048576", "-e", "trace=pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat");

    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)", Pattern.DOTALL);
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)", Pattern.DOTALL);
    private static final String UNFINISHED = " <unfinished ...>";

    private final String folder;
    private final Set<String> files;
    private final List<DiskOp> ops = new ArrayList<>();
    private final Map<String, String> unfinished = new HashMap<>();

    private DiskTrace(String folder, Set<String> files) {
        this.folder = folder;
        this.files = files;
    }

    /** The operations on a folder of this name and on its files of these names. */
    static List<DiskOp> read(Path trace, String folder, Set<String> files) throws IOException {
        DiskTrace reading = new DiskTrace(folder, files);
        try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reading.line(line);
            }
        }
        return reading.ops;
    }

    private void line(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return;
        }
        String thread = parts.group(1);
        String text = parts.group(2);
        if (text.endsWith(UNFINISHED)) {
            unfinished.put(thread, text.substring(0, text.length() - UNFINISHED.length()));
            return;
        }
        Matcher resumed = RESUMED.matcher(text);
        if (resumed.matches()) {
            text = unfinished.getOrDefault(thread, "") + resumed.group(1);
            unfinished.remove(thread);
        }
        int result = text.lastIndexOf(" = ");
        int open = text.indexOf('(');
        if (result > 0 && open > 0) {
            call(
                    text.substring(0, open),
                    text.substring(open + 1, text.lastIndexOf(')', result)),
                    text.substring(result + 3));
        }
    }

    private void call(String name, String arguments, String result) {
        boolean isDone = !result.startsWith("-1");
        switch (name) {
            case "pwrite64" -> {
                if (isDone) {
                    pwrite(arguments, Integer.parseInt(result.strip()));
                }
            }
            case "write" -> {
                if (isDone && arguments.startsWith("1<")) {
                    said(arguments);
                }
            }
            case "fsync", "fdatasync" -> synced(name(arguments), isDone);
            case "ftruncate" -> {
                if (isDone) {
                    String size =
                            arguments.substring(arguments.lastIndexOf(',') + 1).strip();
                    keep(name(arguments), new Resize(name(arguments), Long.decode(size)));
                }
            }
            case "unlink", "unlinkat" -> {
                if (isDone) {
                    String file = baseName(unescape(quoted(arguments)));
                    keep(file, new Unlink(file));
                }
            }
            default -> {}
        }
    }

    private void synced(String name, boolean isDone) {
        if (!name.equals(folder)) {
            keep(name, isDone ? new Sync(name) : new FailedSync(name));
        } else if (isDone) {
            ops.add(new FolderSync());
        }
    }

    private void keep(String file, DiskOp op) {
        if (files.contains(file)) {
            ops.add(op);
        }
    }

    private void pwrite(String arguments, int written) {
        String file = name(arguments);
        if (files.contains(file)) {
            long offset = Long.decode(
                    arguments.substring(arguments.lastIndexOf(',') + 1).strip());
            byte[] bytes = unescape(quoted(arguments));
            if (bytes.length < written) {
                throw new IllegalStateException("trace: " + bytes.length + " bytes (expected: " + written + ")");
            }
            ops.add(new Write(file, offset, Arrays.copyOf(bytes, written)));
        }
    }

    private void said(String arguments) {
        String text = new String(unescape(quoted(arguments)), StandardCharsets.UTF_8);
        text.lines().forEach(line -> ops.add(new Said(line)));
    }

    /** The base name of the file of a descriptor, {@code 5</folder/name>}. */
    private static String name(String arguments) {
        int start = arguments.indexOf('<');
        int end = arguments.indexOf('>', start);
        return start < 0 ? "" : baseName(unescape(arguments.substring(start + 1, end)));
    }

    private static String baseName(byte[] path) {
        String text = new String(path, StandardCharsets.UTF_8);
        return text.substring(text.lastIndexOf('/') + 1);
    }

    private static String quoted(String arguments) {
        int start = arguments.indexOf('"');
        return arguments.substring(start + 1, arguments.indexOf('"', start + 1));
    }

    /** Bytes from {@code \x41\x42}; text that is not escaped stands for itself. */
    private static byte[] unescape(String text) {
        if (!text.startsWith("\\x")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[text.length() / 4];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(text.charAt(4 * i + 2), 16);
            int low = Character.digit(text.charAt(4 * i + 3), 16);
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }
}
