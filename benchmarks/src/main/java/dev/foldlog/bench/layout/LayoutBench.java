package dev.foldlog.bench.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The experiments behind the layout on disk, by name: {@code ids}, {@code indexes}, {@code settings},
 * {@code columns}; each at a small size and at {@code -Drows=} rows. Everything is seeded and interleaved, and
 * written to a folder of the disk that counts, which is emptied again.
 */
public final class LayoutBench {
    private static final long ROWS_A_ROUND = Long.getLong("round", 60_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final long LARGE = Long.getLong("rows", 5_000_000);
    private static final int ROWS_A_COMMIT = 100;

    private final Path folder;

    private LayoutBench(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws SQLException, IOException {
        if (args.length < 1) {
            throw new IllegalArgumentException("folder: missing (expected: one on the disk to measure)");
        }
        LayoutBench bench = new LayoutBench(Files.createDirectories(Path.of(args[0])));
        List<String> names = args.length > 1
                ? List.of(args).subList(1, args.length)
                : List.of("ids", "indexes", "settings", "columns");
        for (String name : names) {
            bench.run(name);
        }
    }

    private void run(String name) throws SQLException, IOException {
        switch (name) {
            case "ids" -> {
                for (Rows.Load load : List.of(Rows.Load.STANDARD, Rows.Load.STANDARD.randomIds())) {
                    compare("ids, " + load.text(), Layouts.ids(), load);
                }
            }
            case "indexes" -> compare("indexes, " + Rows.Load.STANDARD.text(), Layouts.indexes(), Rows.Load.STANDARD);
            case "settings" -> settings();
            case "columns" -> new ReadExperiment(folder.resolve("columns.db")).run();
            default ->
                throw new IllegalArgumentException(
                        "experiment: " + name + " (expected: ids, indexes, settings or columns)");
        }
    }

    private void compare(String title, List<Layout> layouts, Rows.Load load) throws SQLException, IOException {
        for (long size : new long[] {0, LARGE}) {
            List<Subject> subjects = new ArrayList<>();
            for (Layout layout : layouts) {
                subjects.add(new Subject(layout.name(), layout, Database.Tuning.STANDARD, load, file(subjects.size())));
            }
            new AppendExperiment(subjects, plan(size)).run(title);
        }
    }

    private void settings() throws SQLException, IOException {
        for (long size : new long[] {0, LARGE}) {
            List<Subject> subjects = new ArrayList<>();
            for (Database.Tuning tuning : Database.Tuning.compared()) {
                subjects.add(
                        new Subject(tuning.text(), Layouts.CHOSEN, tuning, Rows.Load.STANDARD, file(subjects.size())));
            }
            new AppendExperiment(subjects, plan(size)).run("settings, " + Rows.Load.STANDARD.text());
        }
    }

    private static AppendExperiment.Plan plan(long size) {
        return new AppendExperiment.Plan(size, ROWS_A_ROUND, ROUNDS, ROWS_A_COMMIT);
    }

    private Path file(int number) {
        return folder.resolve("subject-" + number + ".db");
    }
}
