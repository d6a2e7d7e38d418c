package dev.foldlog.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RawFileTest {
    @TempDir
    Path folder;

    @Test
    void what_is_written_is_read_again() throws IOException {
        RawNumbers numbers = new RawNumbers();
        numbers.fact("cores", "2: shared");
        numbers.missing("UmaDB: cargo not found");
        numbers.add(
                "lag", "foldlog", 2, Sample.builder().with(Metric.p99_ms, 1.25).build());

        RawFile.write(numbers, folder.resolve("new/numbers.csv"));
        RawNumbers read = new RawNumbers();
        RawFile.read(folder.resolve("new/numbers.csv"), read);

        assertThat(read.rows()).isEqualTo(numbers.rows()).hasSize(1);
        assertThat(read.facts()).isEqualTo(numbers.facts());
        assertThat(read.missing()).isEqualTo(numbers.missing());
    }

    @Test
    void several_files_make_one_table() throws IOException {
        RawNumbers read = new RawNumbers();
        for (String value : new String[] {"1.0", "3.0"}) {
            Path file = folder.resolve(value);
            Files.writeString(file, "measure,contestant,round,metric,value\nlag,foldlog,1,p50_ms," + value + "\n");
            RawFile.read(file, read);
        }

        assertThat(read.spread("lag", "foldlog", Metric.p50_ms)).contains(new Spread(2, 1, 3, 2));
        assertThat(Tables.table(read, "lag"))
                .isEqualTo("| | p50 ms |\n| --- | ---: |\n| foldlog | 2.00 (1.00–3.00) |\n");
    }

    @Test
    void a_broken_line_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("broken"), "lag,foldlog\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RawFile.read(file, new RawNumbers()))
                .withMessageContaining("lag,foldlog");
    }
}
