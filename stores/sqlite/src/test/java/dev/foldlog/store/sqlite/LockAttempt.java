package dev.foldlog.store.sqlite;

import dev.foldlog.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;

/** Another process that tries to hold a data folder, and says whether it could. */
final class LockAttempt {
    private LockAttempt() {}

    public static void main(String[] arguments) {
        try (DataFolder held = DataFolder.hold(Path.of(arguments[0]))) {
            System.out.print("held " + held.database().getFileName());
        } catch (StoreException e) {
            System.out.print("refused");
        }
    }

    static String byAnotherProcess(Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockAttempt.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
