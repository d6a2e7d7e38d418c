package dev.foldlog.cli;

import dev.foldlog.cli.client.Selection;
import dev.foldlog.cli.config.TimePoint;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose events. Different options are ANDed; one given again adds an alternative. */
final class SelectionOptions {
    @Option(names = "--partition", paramLabel = "KEY", description = "Only events of this partition; repeatable (or).")
    private List<String> partitions = new ArrayList<>();

    @Option(names = "--action", paramLabel = "ACTION", description = "Only this action; repeatable (or).")
    private List<String> actions = new ArrayList<>();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only this artifact type; repeatable (or).")
    private List<String> types = new ArrayList<>();

    @Option(names = "--artifact", paramLabel = "ID", description = "Only this artifact; repeatable (or).")
    private List<String> artifacts = new ArrayList<>();

    @Option(names = "--thread", paramLabel = "ID", description = "Only this thread; repeatable (or).")
    private List<String> threads = new ArrayList<>();

    @Option(names = "--producer", paramLabel = "NAME", description = "Only this producer; repeatable (or).")
    private List<String> producers = new ArrayList<>();

    @Option(names = "--tag", paramLabel = "TAG", description = "Only events with this tag; repeatable (and).")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only events with a timestamp at or after TIME: RFC 3339, or a duration before now (30d, 12h).")
    private @Nullable TimePoint since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only events with a timestamp before TIME.")
    private @Nullable TimePoint until;

    @Option(
            names = "--any",
            paramLabel = "NAME=VALUE,...",
            description = "Only events that also match this selection, for example tag=user:u7,action=approve"
                    + " (names: partition, action, type, artifact, thread, producer, tag); repeatable (or).")
    private List<Selection> anyOf = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "EXPR",
            description = "Only events of which this CEL expression is true, for example"
                    + " 'event.payload.score > 0.8' (docs/concepts/expressions.md).")
    private String where = "";

    Selection selection(InstantSource clock) {
        return new Selection(
                partitions,
                actions,
                types,
                artifacts,
                threads,
                producers,
                tags,
                since == null ? null : since.at(clock),
                until == null ? null : until.at(clock),
                anyOf,
                where);
    }
}
