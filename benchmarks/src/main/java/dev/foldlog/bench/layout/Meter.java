package dev.foldlog.bench.layout;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What some work took of this process. Confined to one thread. */
final class Meter {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long nanos = System.nanoTime();
    private final long cpuNanos = PROCESS.getProcessCpuTime();
    private final long written = written();

    private Meter() {}

    static Meter start() {
        return new Meter();
    }

    Taken stop(long count) {
        return new Taken(count, System.nanoTime() - nanos, PROCESS.getProcessCpuTime() - cpuNanos, written() - written);
    }

    private static long written() {
        try {
            return Files.readAllLines(Path.of("/proc/self/io")).stream()
                    .filter(it -> it.startsWith("wchar:"))
                    .mapToLong(it -> Long.parseLong(it.substring(7).strip()))
                    .sum();
        } catch (IOException e) {
            return 0; // not Linux: not known
        }
    }

    /** Time, processor time and bytes handed to write calls, for so many. */
    record Taken(long count, long nanos, long cpuNanos, long written) {
        double perSecond() {
            return count * 1e9 / nanos;
        }

        double cpuMicros() {
            return cpuNanos / 1e3 / count;
        }

        double micros() {
            return nanos / 1e3 / count;
        }

        double bytesEach() {
            return (double) written / count;
        }
    }
}
