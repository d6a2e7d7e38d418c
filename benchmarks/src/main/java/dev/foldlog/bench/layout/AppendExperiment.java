package dev.foldlog.bench.layout;

import dev.foldlog.bench.layout.Meter.Taken;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Appends to each subject in turn, round after round, and compares medians. */
final class AppendExperiment {
    private final List<Subject> subjects;
    private final Plan plan;

    AppendExperiment(List<Subject> subjects, Plan plan) {
        this.subjects = subjects;
        this.plan = plan;
    }

    void run(String title) throws SQLException, IOException {
        for (Subject subject : subjects) {
            subject.create(plan.size);
        }
        for (int round = 0; round <= plan.rounds; round++) {
            for (Subject subject : subjects) {
                subject.append(plan.rows, plan.rowsPerCommit, round > 0);
            }
        }
        print(title);
        for (Subject subject : subjects) {
            Database.delete(subject.file());
        }
    }

    private void print(String title) throws SQLException, IOException {
        System.out.printf(
                "%n%s; %,d rows before, %,d rows a round, %,d rounds, %,d rows a commit%n%n",
                title, plan.size, plan.rows, plan.rounds, plan.rowsPerCommit);
        System.out.println("| | rows/s | of the first | spread | CPU µs a row | bytes written a row | file MB |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        double first = median(subjects.getFirst().taken(), Taken::perSecond);
        for (Subject subject : subjects) {
            List<Taken> taken = subject.taken();
            double perSecond = median(taken, Taken::perSecond);
            double least = taken.stream().mapToDouble(Taken::perSecond).min().orElse(0);
            double most = taken.stream().mapToDouble(Taken::perSecond).max().orElse(0);
            System.out.printf(
                    "| %s | %,.0f | %.2f | %,.0f–%,.0f | %.1f | %,.0f | %,.0f |%n",
                    subject.name(),
                    perSecond,
                    perSecond / first,
                    least,
                    most,
                    median(taken, Taken::cpuMicros),
                    median(taken, Taken::bytesEach),
                    subject.bytes() / 1e6);
        }
    }

    static double median(List<Taken> taken, ToDoubleFunction<Taken> measure) {
        List<Double> sorted = new ArrayList<>(
                taken.stream().map(measure::applyAsDouble).sorted().toList());
        return sorted.get(sorted.size() / 2);
    }

    /** How much of it. */
    record Plan(long size, long rows, int rounds, int rowsPerCommit) {}
}
