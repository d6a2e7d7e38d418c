package dev.foldlog.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The scenario server as a process: says {@code ready HOST:PORT}, then answers each line of its input with
 * {@code ok}, {@code ok VALUE} or {@code error: …}, and ends with its input.
 */
public final class Main {
    private Main() {}

    /** {@code SCENARIOS} serves; {@code --write-golden SCENARIOS} writes the golden messages instead. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals("--write-golden")) {
            GoldenFiles.write(Path.of(arguments[1]).resolve("golden"));
            return;
        }
        PrintStream out = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ScenarioServer server = ScenarioServer.start(Path.of(arguments[0]))) {
            say(out, "ready " + server.address());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(out, answer(server, line));
            }
        }
    }

    private static String answer(ScenarioServer server, String line) {
        try {
            return ("ok " + server.cue(line)).strip();
        } catch (RuntimeException e) {
            return "error: " + String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }

    private static void say(PrintStream out, String line) {
        out.println(line);
        out.flush();
    }
}
