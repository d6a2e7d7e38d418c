package dev.foldlog.conformance.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the table of each backend of a run to a file, in the folder that the system property
 * {@code conformance.report} names; without it nothing is written. Found by JUnit itself.
 */
public final class TableFiles implements TestExecutionListener {
    /** The system property. */
    public static final String FOLDER = "conformance.report";

    private final SuiteResults results = new SuiteResults();
    private final @Nullable String folder = System.getProperty(FOLDER);

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        results.testPlanExecutionStarted(plan);
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        results.reportingEntryPublished(test, entry);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        results.executionFinished(test, result);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (folder == null) {
            return;
        }
        Path backends = Path.of(folder, "backends");
        results.tables().forEach((backend, table) -> write(backends.resolve(backend + ".md"), table.markdown()));
    }

    /** Writes a text to a file, whose folder is made when it is not there. */
    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
