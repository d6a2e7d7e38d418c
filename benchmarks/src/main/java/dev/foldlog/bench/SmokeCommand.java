package dev.foldlog.bench;

import dev.foldlog.bench.catalog.Catalog;
import dev.foldlog.bench.growth.Growth;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.measure.Entrant;
import dev.foldlog.bench.measure.Measure;
import dev.foldlog.bench.measure.Rounds;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.RawNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs every measure for a moment, to see that it still works. */
@Command(
        name = "smoke",
        mixinStandardHelpOptions = true,
        description = {
            "Run every measure for a moment, without peers, and see that each brings numbers.",
            "What is answered is compared with what is stored; no time is judged."
        })
final class SmokeCommand implements Callable<Integer> {
    private static final int GROWN_EVENTS = 20_000;

    @Override
    public Integer call() throws Exception {
        RawNumbers numbers = new RawNumbers();
        List<Measure> measures =
                Catalog.measures().stream().map(Catalog::withoutPeers).toList();
        RunOptions.smoke().measure(numbers, (ground, keep) -> {
            Rounds rounds = new Rounds(ground, numbers);
            for (Measure measure : measures) {
                rounds.run(measure);
            }
            Growth growth = new Growth(ground, numbers, Shape.STANDARD.seed());
            growth.at(0);
            growth.at(GROWN_EVENTS);
            keep.now();
        });
        List<String> wrong = new ArrayList<>(numbers.missing());
        measures.forEach(measure -> wrong.addAll(withoutNumbers(measure, numbers)));
        Catalog.abouts().keySet().stream()
                .filter(it -> !numbers.measures().contains(it))
                .forEach(wrong::add);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("smoke: " + wrong + " (expected: numbers from each)");
        }
        System.out.print(ReportCommand.text(numbers));
        return 0;
    }

    private static List<String> withoutNumbers(Measure measure, RawNumbers numbers) {
        return measure.entrants().stream()
                .map(Entrant::name)
                .filter(name -> numbers.rows().stream()
                        .noneMatch(it -> it.measure().equals(measure.name())
                                && it.contestant().equals(name)
                                && (it.metric() == Metric.events || it.metric() == Metric.start_ms)
                                && it.value() > 0))
                .map(name -> measure.name() + ", " + name)
                .toList();
    }
}
