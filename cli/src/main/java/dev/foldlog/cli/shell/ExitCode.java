package dev.foldlog.cli.shell;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a command's exit code means. The numbers are part of the interface. */
public enum ExitCode {
    OK(0, "Done."),
    FAILURE(1, "It failed; the reason is on standard error."),
    USAGE(2, "The command line or the configuration is wrong."),
    BAD_INPUT(3, "The input is wrong: a line of a file, or a value that the server refused."),
    CONFLICT(4, "A precondition failed, an id is taken, or a checkpoint was moved by somebody else."),
    UNAVAILABLE(5, "No server answered, or it does not serve now. Trying again can help."),
    VERIFICATION_FAILED(6, "verify found damage.");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** Numbers and meanings in order, as the help shows them. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(code -> meanings.put(Integer.toString(code.number), code.meaning));
        meanings.put(
                "128+N",
                "Signal N ended it before it was done: 130 Ctrl-C (SIGINT), 143 SIGTERM. serve and tail, which"
                        + " end by a signal, end with 0.");
        return meanings;
    }
}
