package dev.foldlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foldlog.cli.client.AppendOrder.CheckpointMove;
import dev.foldlog.cli.client.Condition;
import dev.foldlog.cli.client.Selection;
import dev.foldlog.cli.client.SelectionText;
import dev.foldlog.cli.config.ConfiguredDefaults;
import dev.foldlog.cli.config.DurationText;
import dev.foldlog.cli.config.HostPort;
import dev.foldlog.cli.config.TimePoint;
import dev.foldlog.cli.config.WholeNumber;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.Shell;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The tree of commands, wired by hand. */
final class Commands {
    private static final int HELP_COLUMNS = 104;

    private Commands() {}

    static CommandLine of(Shell shell, ConfiguredDefaults defaults, Failures failures) {
        RootCommand root = new RootCommand();
        CommandLine commands = new CommandLine(root);
        for (Callable<Integer> command : List.<Callable<Integer>>of(
                new ServeCommand(shell),
                new AppendCommand(shell),
                new ReadCommand(shell),
                new TailCommand(shell),
                new ImportCommand(shell),
                new ExportCommand(shell),
                new StatusCommand(shell),
                new VerifyCommand(shell),
                new ConfigCommand(shell, defaults))) {
            commands.addSubcommand(command);
        }
        commands.addSubcommand(new ProjectCommand(shell));
        commands.addSubcommand(new HelpCommand());
        commands.setExecutionStrategy(parsed -> {
            Logs.forClient(root.logLevel());
            return new CommandLine.RunLast().execute(parsed);
        });
        registerConverters(commands);
        commands.setDefaultValueProvider(defaults);
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        commands.setExpandAtFiles(false);
        commands.setUsageHelpWidth(HELP_COLUMNS);
        commands.setOut(new PrintWriter(new OutputStreamWriter(shell.out(), UTF_8), true));
        commands.setErr(new PrintWriter(new OutputStreamWriter(shell.err(), UTF_8), true));
        commands.setExecutionExceptionHandler((failure, command, parsed) -> failures.tell(failure, root.logLevel()));
        commands.setParameterExceptionHandler((failure, arguments) -> failures.tellUsage(failure, defaults));
        withExitCodes(commands);
        commands.getSubcommands().values().forEach(Commands::withExitCodes);
        return commands;
    }

    private static void withExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings());
    }

    private static void registerConverters(CommandLine commands) {
        register(commands, HostPort.class, HostPort::parse);
        register(commands, Duration.class, DurationText::parse);
        register(commands, int.class, WholeNumber::int32);
        register(commands, long.class, WholeNumber::int64);
        register(commands, Long.class, WholeNumber::int64);
        register(commands, Path.class, Commands::folder);
        register(commands, TimePoint.class, TimePoint::parse);
        register(commands, Selection.class, SelectionText::parse);
        register(commands, Condition.SequenceIs.class, Condition.SequenceIs::parse);
        register(commands, Condition.NoneMatching.class, Condition.NoneMatching::parse);
        register(commands, CheckpointMove.class, CheckpointMove::parse);
    }

    /** The empty path would be the working directory, which nobody asked for. */
    private static Path folder(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty (expected: a folder)");
        }
        return Path.of(text);
    }

    /** A converter whose message is the parser's own. */
    private static <T> void register(CommandLine commands, Class<T> type, ITypeConverter<T> parser) {
        commands.registerConverter(type, text -> {
            try {
                return parser.convert(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        });
    }
}
