package dev.foldlog.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks' main program. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures Foldlog beside its limits and its peers, everything interleaved.",
            "Progress goes to standard error, the report to standard output, raw numbers to a file."
        },
        subcommands = {
            RunCommand.class,
            ListCommand.class,
            ReportCommand.class,
            SmokeCommand.class,
            GrowthCommand.class,
            ExpressionsCommand.class
        })
public final class Bench {
    Bench() {}

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Bench())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (e instanceof IllegalArgumentException) {
                        System.err.println("bench: " + e.getMessage());
                        return CommandLine.ExitCode.USAGE;
                    }
                    throw e;
                });
        System.exit(args.length == 0 ? line.execute("--help") : line.execute(args));
    }
}
