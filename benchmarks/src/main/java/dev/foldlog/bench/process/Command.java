package dev.foldlog.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
public final class Command {
    private static final int MINUTES_MAX = 60;

    private Command() {}

    /**
     * Runs it; what it says on standard error goes to a file beside.
     *
     * @return what it printed
     * @throws IOException when it ends with another code than 0, with the last line that it said
     */
    public static String run(List<String> words, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectError(log.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(words.getFirst() + ": it runs for more than " + MINUTES_MAX + " minutes");
        }
        if (process.exitValue() != 0) {
            List<String> said = Files.readAllLines(log);
            throw new IOException(said.isEmpty() ? "exit code " + process.exitValue() : said.getLast());
        }
        return output;
    }
}
