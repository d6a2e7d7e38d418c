package dev.foldlog.cli;

import dev.foldlog.cli.client.Connection;
import dev.foldlog.cli.client.Import;
import dev.foldlog.cli.config.DurationText;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports files of JSON lines. */
@Command(
        name = "import",
        description = "Append the events of files of JSON lines, one event a line; safe to run again.",
        footerHeading = "%nA line:%n",
        footer = {
            "  {\"event_id\": \"0190b6d2-9c4a-7cc1-8f3e-3f1f5b1c0a01\", \"action\": \"approve\",",
            "   \"producer\": \"reviewer:ana\", \"artifact_type\": \"answer\", \"artifact_id\": \"answer-17\",",
            "   \"thread_id\": \"chat-3\", \"timestamp\": \"2026-01-31T12:00:00Z\",",
            "   \"payload\": {\"score\": 5}, \"metadata\": {\"trace\": \"t1\"}, \"tags\": [\"topic:billing\"]}",
            "",
            "  action, producer, artifact_type and artifact_id are required. The payload is kept byte for",
            "  byte; payload_text takes it as a JSON text, payload_data (base64) with content_type takes",
            "  opaque bytes. Exported lines can be imported: what the server adds (position, sequence,",
            "  recorded_at, ...) is passed over. A field that is not known is an error.",
            "",
            "Running an import again changes nothing: events are recognised by event_id. A line without",
            "one gets an id made of the SHA-256 of the whole (uncompressed) content and the line's number:",
            "the same file gives the same ids, and a file that was changed or grew gives others, so that its",
            "lines would be stored again. Give lines an event_id wherever you can.",
            "",
            "Lines are appended in batches of up to 500, each whole or not at all. A bad line ends the",
            "import with exit code 3, its number and the reason; nothing of its batch is stored, what came",
            "before stays. After mending the line the same command goes on (without event_ids: import only",
            "what follows the line that the message names).",
            "",
            "Examples:",
            "  foldlog import examples/feedback.jsonl",
            "  foldlog import january.jsonl.gz february.jsonl.gz",
            "  foldlog export - --server a:7070 | foldlog import - --server b:7070"
        })
final class ImportCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = ".jsonl or .jsonl.gz; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--retry-for",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description = "How long to wait for a server that went away or is overloaded. Default: ${DEFAULT-VALUE}.")
    private Duration patience = DurationText.parse("60s");

    ImportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Instant start = shell.clock().instant();
        Import.Counts counts;
        try (Connection connection = server.connect()) {
            counts = Import.run(shell, connection, files, patience);
        }
        LineOutput output = new LineOutput(shell.out(), "standard output");
        double seconds = Duration.between(start, shell.clock().instant()).toMillis() / 1000.0;
        output.line(String.format(
                Locale.ROOT,
                "imported: %d read, %d stored, %d already there (%.1f s, %.0f events/s)",
                counts.read(),
                counts.stored(),
                counts.alreadyThere(),
                seconds,
                counts.read() / Math.max(0.001, seconds)));
        output.flush();
        return ExitCode.OK.number();
    }
}
