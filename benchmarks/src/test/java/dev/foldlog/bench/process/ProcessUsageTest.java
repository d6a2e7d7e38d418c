package dev.foldlog.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessUsageTest {
    private static final String STAT = "42 (a) (b c) S 1 42 42 0 -1 4194304 9 0 0 0 150 50 3 2 20 0 9 0 77 1 2";
    private static final List<String> STATUS = List.of("Name:\ta", "VmHWM:\t  2048 kB", "VmRSS:\t  1024 kB");
    private static final List<String> IO = List.of("wchar: 9", "write_bytes: 4096", "cancelled_write_bytes: 1");

    @Test
    void fields_are_counted_behind_a_command_that_has_spaces_and_parentheses() {
        ProcessUsage usage = ProcessUsage.parse(STAT, STATUS, IO);

        assertThat(usage.cpuMicros()).isEqualTo((150 + 50 + 3 + 2) * 10_000L);
    }

    @Test
    void memory_and_written_bytes_are_found_by_their_names() {
        ProcessUsage usage = ProcessUsage.parse(STAT, STATUS, IO);

        assertThat(usage.residentKib()).isEqualTo(1_024);
        assertThat(usage.residentPeakKib()).isEqualTo(2_048);
        assertThat(usage.writtenBytes()).isEqualTo(4_096);
    }

    @Test
    void a_missing_line_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessUsage.parse(STAT, List.of(), IO))
                .withMessageContaining("VmRSS");
    }

    @Test
    void a_process_that_runs_can_be_looked_at() throws IOException {
        long self = ProcessHandle.current().pid();

        assertThat(ProcessUsage.of(self).residentKib()).isPositive();
        assertThat(ProcessUsage.of(List.of(self, self)).residentPeakKib())
                .isGreaterThan(ProcessUsage.of(self).residentKib());
    }
}
