package dev.foldlog.cli;

import picocli.CommandLine.Option;

/** The option that says how to print. */
final class FormOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table or json. Default: ${DEFAULT-VALUE}.")
    private OutputForm form = OutputForm.table;

    boolean isJson() {
        return form == OutputForm.json;
    }
}
