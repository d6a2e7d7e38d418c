package dev.foldlog.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used until now, as Linux counts it; with what its children that have ended used.
 *
 * @param cpuMicros time on a processor in user and kernel mode, in ticks of 10 ms
 * @param residentKib memory in RAM now
 * @param residentPeakKib the most it ever was
 * @param writtenBytes bytes sent to block devices, or that will be when the cache is flushed
 */
public record ProcessUsage(long cpuMicros, long residentKib, long residentPeakKib, long writtenBytes) {
    /** Ticks of user space are 1/100 s on Linux, whatever the kernel's own are. */
    private static final long MICROS_OF_TICK = 10_000;

    // Of /proc/PID/stat, counted from the state, which follows the command in parentheses.
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;

    /** The usage of a process that runs. */
    public static ProcessUsage of(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        return parse(
                Files.readString(folder.resolve("stat")),
                Files.readAllLines(folder.resolve("status")),
                Files.readAllLines(folder.resolve("io")));
    }

    /** The usage of several together: their sums. */
    public static ProcessUsage of(List<Long> pids) throws IOException {
        ProcessUsage sum = new ProcessUsage(0, 0, 0, 0);
        for (long pid : pids) {
            ProcessUsage one = of(pid);
            sum = new ProcessUsage(
                    sum.cpuMicros + one.cpuMicros,
                    sum.residentKib + one.residentKib,
                    sum.residentPeakKib + one.residentPeakKib,
                    sum.writtenBytes + one.writtenBytes);
        }
        return sum;
    }

    static ProcessUsage parse(String stat, List<String> status, List<String> io) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[UTIME])
                + Long.parseLong(fields[STIME])
                + Long.parseLong(fields[CUTIME])
                + Long.parseLong(fields[CSTIME]);
        return new ProcessUsage(
                ticks * MICROS_OF_TICK, number(status, "VmRSS"), number(status, "VmHWM"), number(io, "write_bytes"));
    }

    private static long number(List<String> lines, String name) {
        return lines.stream()
                .filter(it -> it.startsWith(name + ":"))
                .map(it -> it.substring(name.length() + 1).strip().split(" ", -1)[0])
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + ": missing (expected: a line of it)"));
    }
}
