package dev.foldlog.cli;

import static java.util.Objects.requireNonNull;

import dev.foldlog.cli.config.Configuration;
import dev.foldlog.cli.config.ConfiguredDefaults;
import dev.foldlog.cli.config.Settings;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Shows the configuration in force and where each value comes from. */
@Command(
        name = "config",
        sortOptions = false,
        description = "Show each setting, its value and where the value comes from. Takes the options of serve.",
        footerHeading = "%nWhere a value comes from, the first that has one:%n",
        footer = {
            "  1. the option              --max-payload-bytes 2MiB",
            "  2. the environment         FOLDLOG_MAX_PAYLOAD_BYTES=2MiB",
            "  3. the configuration file  max-payload-bytes = 2MiB",
            "  4. the default",
            "",
            "The file is the one of --config, else of FOLDLOG_CONFIG, else ./foldlog.properties if it is there.",
            "A key in it that is no setting is an error."
        })
final class ConfigCommand implements Callable<Integer> {
    private final Shell shell;
    private final ConfiguredDefaults defaults;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private ServeOptions serve = new ServeOptions();

    @SuppressWarnings("unused") // shown from its specification, as every setting is
    @Mixin
    private ServerOption server = new ServerOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table or json. Default: ${DEFAULT-VALUE}.")
    private OutputForm form = OutputForm.table;

    ConfigCommand(Shell shell, ConfiguredDefaults defaults) {
        this.shell = shell;
        this.defaults = defaults;
    }

    private record Row(String name, String value, String origin) {}

    @Override
    public Integer call() {
        LineOutput output = new LineOutput(shell.out(), "standard output");
        List<Row> rows = rows();
        switch (form) {
            case table -> {
                Table table = new Table().row("SETTING", "VALUE", "ORIGIN");
                rows.forEach(row -> table.row(row.name(), row.value(), row.origin()));
                table.lines().forEach(output::line);
            }
            case json -> rows.forEach(row -> output.line(json(row)));
        }
        output.flush();
        return ExitCode.OK.number();
    }

    private List<Row> rows() {
        CommandSpec command = requireNonNull(spec, "spec");
        serve.settings(store, shell.folder());
        List<Row> rows = new ArrayList<>();
        for (String name : Settings.NAMES) {
            rows.add(row(command, name));
        }
        return rows;
    }

    private Row row(CommandSpec command, String name) {
        if (store.unused().contains(name)) {
            return new Row(name, "-", "not used by this store");
        }
        OptionSpec option = command.findOption("--" + name);
        ParseResult parsed = command.commandLine().getParseResult();
        OptionSpec matched = parsed.matchedOption("--" + name);
        if (matched != null) {
            List<String> texts = matched.originalStringValues();
            return new Row(name, texts.isEmpty() ? "true" : texts.getLast(), "flag");
        }
        Configuration.Value value = defaults.find(option);
        return value == null
                ? new Row(name, option.defaultValue(), "default")
                : new Row(name, value.text(), value.source().label());
    }

    private static String json(Row row) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("name", row.name());
            json.writeStringProperty("value", row.value());
            json.writeStringProperty("origin", row.origin());
            json.writeEndObject();
        }
        return text.toString();
    }
}
