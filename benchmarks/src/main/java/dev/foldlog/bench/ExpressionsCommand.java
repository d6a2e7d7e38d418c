package dev.foldlog.bench;

import dev.foldlog.bench.expression.ExpressionCosts;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Measures what expressions cost. */
@Command(
        name = "expressions",
        mixinStandardHelpOptions = true,
        description = "Measure an evaluation, and reads with and without an expression, in process.")
final class ExpressionsCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "DIR", description = "A new folder, for a log of about 300 MB.")
    private Path folder = Path.of("");

    @Override
    public void run() {
        new ExpressionCosts().run(folder);
    }
}
