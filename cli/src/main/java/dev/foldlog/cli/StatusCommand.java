package dev.foldlog.cli;

import dev.foldlog.cli.client.Connection;
import dev.foldlog.cli.client.StatusReport;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Shows what a server says of itself. */
@Command(
        name = "status",
        description = "Show a server's health, store, newest position, limits and checkpoints.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  foldlog status",
            "  foldlog status -o json | jq .head_position",
            "",
            "Exit code 0 when the server serves, 5 when it does not or cannot be reached."
        })
final class StatusCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table or json. Default: ${DEFAULT-VALUE}.")
    private OutputForm form = OutputForm.table;

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        StatusReport report;
        try (Connection connection = server.connect()) {
            report = StatusReport.of(connection);
        }
        LineOutput output = new LineOutput(shell.out(), "standard output");
        switch (form) {
            case table -> table(report).lines().forEach(output::line);
            case json -> output.line(json(report));
        }
        output.flush();
        return (report.health().equals("NOT_SERVING") ? ExitCode.UNAVAILABLE : ExitCode.OK).number();
    }

    private static Table table(StatusReport report) {
        Table table = new Table()
                .row("server", report.server())
                .row("health", report.health())
                .row("version", report.version())
                .row("store", report.storeKind())
                .row("store id", report.storeId())
                .row("head position", Long.toString(report.headPosition()))
                .row("durability", report.durability())
                .row("server time", report.serverTime().toString());
        report.limits().forEach((name, value) -> table.row("limit " + name, Long.toString(value)));
        report.features().forEach(name -> table.row("feature", name));
        report.checkpoints().forEach((name, position) -> table.row("checkpoint " + name, Long.toString(position)));
        return table;
    }

    private static String json(StatusReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("server", report.server());
            json.writeStringProperty("health", report.health());
            json.writeStringProperty("version", report.version());
            json.writeStringProperty("store", report.storeKind());
            json.writeStringProperty("store_id", report.storeId());
            json.writeNumberProperty("head_position", report.headPosition());
            json.writeStringProperty("durability", report.durability());
            json.writeStringProperty("server_time", report.serverTime().toString());
            json.writeObjectPropertyStart("limits");
            report.limits().forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeArrayPropertyStart("features");
            report.features().forEach(json::writeString);
            json.writeEndArray();
            json.writeObjectPropertyStart("checkpoints");
            report.checkpoints().forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }
}
