package dev.foldlog.cli;

import dev.foldlog.cli.shell.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What {@code foldlog} without a command does: it shows the help. */
@Command(
        name = "foldlog",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "An append-only event log for LLM feedback: a server, and the commands to use it.",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        commandListHeading = "%nCommands:%n")
final class RootCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @SuppressWarnings("unused") // for the help: the file is read before the command line is parsed
    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Configuration file (also FOLDLOG_CONFIG). Default: ./foldlog.properties if it is there.")
    private @Nullable String configurationFile;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            defaultValue = "info",
            description = "Level of the server's log: error, warn, info, debug. With debug every command shows the"
                    + " stack trace of its failure. Default: ${DEFAULT-VALUE}.")
    private LogLevel logLevel = LogLevel.info;

    LogLevel logLevel() {
        return logLevel;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCode.USAGE.number();
    }
}
