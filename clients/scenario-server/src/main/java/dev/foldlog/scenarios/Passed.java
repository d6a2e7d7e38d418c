package dev.foldlog.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What passed, for the table of the top README: a file for each client and scenario, with the digest of the scenario
 * as it was then.
 *
 * @param behaviours the folder of the scenarios
 * @param folder where the files go
 */
record Passed(Path behaviours, Path folder) {
    private static final String FILE_END = ".json";

    static Passed of(Path scenarios) {
        return new Passed(
                scenarios.resolve("behaviours"), scenarios.resolve(Path.of("..", "..", ".build", "scenarios")));
    }

    void add(String client, String scenario) {
        if (!client.matches("[a-z-]+")) {
            throw new IllegalArgumentException("client: " + client + " (expected: lower-case letters and hyphens)");
        }
        try {
            String name = scenario.endsWith(FILE_END) ? scenario : scenario + FILE_END;
            Path file = behaviours.resolve(Path.of(name).getFileName());
            Path noted = folder.resolve(client).resolve(file.getFileName());
            String digest = digest(Files.readAllBytes(file));
            Files.createDirectories(noted.getParent());
            Files.writeString(noted, digest);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("scenario: " + scenario + " (expected: a file of behaviours)", e);
        } catch (IOException e) {
            throw new UncheckedIOException("scenario: " + scenario + " cannot be noted", e);
        }
    }

    private static String digest(byte[] scenario) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(scenario));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
