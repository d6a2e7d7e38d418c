package dev.foldlog.cli;

import dev.foldlog.cli.client.Connection;
import dev.foldlog.cli.client.KeyedState;
import dev.foldlog.cli.client.ProjectionReport;
import dev.foldlog.cli.client.Projections;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Progress;
import dev.foldlog.cli.shell.Shell;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, shows and rebuilds projections. */
@Command(
        name = "project",
        synopsisSubcommandLabel = "COMMAND",
        description = "Make, show and rebuild projections: folds of events into states under keys.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  foldlog project create approvals --action approve --key event.producer \\",
            "      --apply \"{'count': (has(state.count) ? state.count : 0) + 1}\"",
            "  foldlog project states approvals",
            "  foldlog project rebuild approvals --validate-only",
            "  foldlog project list -o json"
        })
final class ProjectCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 1_000;

    private final Shell shell;

    @Spec
    private @Nullable CommandSpec spec;

    ProjectCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCode.USAGE.number();
    }

    @Command(name = "create", description = "Make a projection, and wait until it is built.")
    int create(
            @Mixin ServerOption server,
            @Mixin FormOption form,
            @Mixin DefinitionOptions definition,
            @Parameters(paramLabel = "NAME", description = "1 to 64 characters of [a-z0-9_-].") String name) {
        return with(server, projections -> {
            ProjectionReport made = projections.create(definition.order(name, shell));
            return shown(watched(projections, made, 0), form);
        });
    }

    @Command(name = "list", description = "Show all projections.")
    int list(@Mixin ServerOption server, @Mixin FormOption form) {
        return with(server, projections -> {
            List<ProjectionReport> found = projections.list();
            print(output -> {
                if (form.isJson()) {
                    found.forEach(it -> output.line(FactsJson.of(it.facts())));
                    return;
                }
                Table table = new Table().row("NAME", "MODE", "STATE", "APPLIED", "LAG", "KEYS");
                found.forEach(it -> table.row(
                        it.name(),
                        it.mode(),
                        it.state(),
                        Long.toString(it.appliedPosition()),
                        Long.toString(it.lag()),
                        Long.toString(it.keys())));
                table.lines().forEach(output::line);
            });
            return ExitCode.OK;
        });
    }

    @Command(name = "get", description = "Show one projection with its progress and what went wrong.")
    int get(
            @Mixin ServerOption server,
            @Mixin FormOption form,
            @Parameters(paramLabel = "NAME", description = "The projection.") String name) {
        return with(server, projections -> shown(projections.get(name), form));
    }

    @Command(name = "states", description = "Show states: one, those of a prefix, or all; JSON lines with -o json.")
    int states(
            @Mixin ServerOption server,
            @Mixin FormOption form,
            @Option(names = "--prefix", paramLabel = "TEXT", defaultValue = "", description = "Only such keys.")
                    String prefix,
            @Parameters(index = "0", paramLabel = "NAME", description = "The projection.") String name,
            @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "Only this key.") @Nullable
                    String key) {
        return with(server, projections -> {
            print(output -> {
                Consumer<KeyedState> line =
                        it -> output.line(form.isJson() ? FactsJson.state(it) : it.key() + "  " + it.json());
                if (key == null) {
                    projections.states(name, prefix, line);
                } else {
                    line.accept(projections.state(name, key));
                }
            });
            return ExitCode.OK;
        });
    }

    @Command(
            name = "rebuild",
            description = "Fold the log anew beside the states that serve, show the difference, swap.")
    int rebuild(
            @Mixin ServerOption server,
            @Mixin FormOption form,
            @Option(names = "--validate-only", description = "Show the difference and keep the old states.")
                    boolean isValidateOnly,
            @Parameters(paramLabel = "NAME", description = "The projection.") String name) {
        return with(
                server, projections -> shown(watched(projections, projections.rebuild(name, isValidateOnly), 0), form));
    }

    @Command(
            name = "wait",
            description = "Wait until a projection has applied what is stored, and no build is under way.")
    int await(
            @Mixin ServerOption server,
            @Mixin FormOption form,
            @Option(names = "--position", paramLabel = "POSITION", description = "Up to here. Default: the head.")
                    long position,
            @Parameters(paramLabel = "NAME", description = "The projection.") String name) {
        return with(server, projections -> shown(watched(projections, projections.get(name), position), form));
    }

    @Command(name = "pause", description = "Stop an async projection.")
    int pause(
            @Mixin ServerOption server,
            @Mixin FormOption form,
            @Parameters(paramLabel = "NAME", description = "The projection.") String name) {
        return with(server, projections -> shown(projections.pause(name, true), form));
    }

    @Command(name = "resume", description = "Let an async projection go on, also one that an event stopped.")
    int resume(
            @Mixin ServerOption server,
            @Mixin FormOption form,
            @Parameters(paramLabel = "NAME", description = "The projection.") String name) {
        return with(server, projections -> shown(projections.pause(name, false), form));
    }

    @Command(name = "delete", description = "Remove a projection and its states; the log stays as it is.")
    int delete(
            @Mixin ServerOption server, @Parameters(paramLabel = "NAME", description = "The projection.") String name) {
        return with(server, projections -> {
            projections.delete(name);
            return ExitCode.OK;
        });
    }

    @Command(name = "test", description = "Try a definition on the newest stored events; nothing is kept.")
    int test(
            @Mixin ServerOption server,
            @Mixin FormOption form,
            @Mixin DefinitionOptions definition,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "So many events.")
                    int limit) {
        return with(server, projections -> {
            Projections.Trial trial = projections.trial(definition.order("trial", shell), limit);
            print(output -> trial.states()
                    .forEach(it -> output.line(form.isJson() ? FactsJson.state(it) : it.key() + "  " + it.json())));
            trial.failures().forEach(shell::note);
            return trial.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
        });
    }

    /** Waits for the projection, and shows how far it is. */
    private ProjectionReport watched(Projections projections, ProjectionReport begun, long position) {
        try (Progress progress =
                Progress.start(shell, begun.name(), Math.max(1, begun.targetPosition()), Progress.Unit.EVENTS)) {
            ProjectionReport now = begun;
            while (isOnTheWay(now, position)) {
                now = projections.await(begun.name(), position, LOOK_MILLIS);
                progress.at(
                        Math.min(now.builtPosition(), Math.max(1, begun.targetPosition())),
                        String.format(Locale.ROOT, "%,d folded, %,d behind", now.builtPosition(), now.lag()));
            }
            return now;
        }
    }

    private static boolean isOnTheWay(ProjectionReport report, long position) {
        return switch (report.state()) {
            case "building", "rebuilding" -> true;
            case "running" -> position == 0 ? report.lag() > 0 : report.appliedPosition() < position;
            default -> false;
        };
    }

    private ExitCode shown(ProjectionReport report, FormOption form) {
        print(output -> {
            if (form.isJson()) {
                output.line(FactsJson.of(report.facts()));
                return;
            }
            Table table = new Table();
            report.facts().forEach((name, value) -> table.row(name.replace('_', ' '), String.valueOf(value)));
            table.lines().forEach(output::line);
        });
        return report.state().equals("failed") ? ExitCode.FAILURE : ExitCode.OK;
    }

    private void print(Consumer<LineOutput> printing) {
        LineOutput output = new LineOutput(shell.out(), "standard output");
        printing.accept(output);
        output.flush();
    }

    private static int with(ServerOption server, Function<Projections, ExitCode> work) {
        try (Connection connection = server.connect()) {
            return work.apply(new Projections(connection)).number();
        }
    }
}
