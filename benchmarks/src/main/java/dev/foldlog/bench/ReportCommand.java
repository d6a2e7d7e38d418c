package dev.foldlog.bench;

import dev.foldlog.bench.catalog.Catalog;
import dev.foldlog.bench.catalog.Goals;
import dev.foldlog.bench.report.Page;
import dev.foldlog.bench.report.RawFile;
import dev.foldlog.bench.report.RawNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes the page of raw numbers. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Make the page of one or more files of raw numbers, with the table of goals.")
final class ReportCommand implements Runnable {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of raw numbers, in the order of the page.")
    private List<Path> files = List.of();

    @Override
    public void run() {
        RawNumbers numbers = new RawNumbers();
        for (Path file : files) {
            try {
                RawFile.read(file, numbers);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        System.out.print(text(numbers));
    }

    static String text(RawNumbers numbers) {
        return Page.of(numbers, Goals.all(), Catalog.abouts());
    }
}
