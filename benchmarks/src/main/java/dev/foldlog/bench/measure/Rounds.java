package dev.foldlog.bench.measure;

import dev.foldlog.bench.report.RawNumbers;
import dev.foldlog.bench.report.Sample;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs measures: all contestants of one are made ready and warm, then take turns (A, B, A, B …). */
public final class Rounds {
    private final Ground ground;
    private final RawNumbers numbers;

    public Rounds(Ground ground, RawNumbers numbers) {
        this.ground = ground;
        this.numbers = numbers;
    }

    public void run(Measure measure) throws Exception {
        Map<String, Contestant> ready = new LinkedHashMap<>();
        try {
            open(measure, ready);
            for (int round = 1; round <= ground.rounds(); round++) {
                for (Map.Entry<String, Contestant> each : ready.entrySet()) {
                    ground.progress()
                            .accept("%s: round %d of %d, %s"
                                    .formatted(measure.name(), round, ground.rounds(), each.getKey()));
                    Sample sample = each.getValue().turn(ground.round());
                    numbers.add(measure.name(), each.getKey(), round, sample);
                }
            }
            for (Contestant each : ready.values()) {
                each.check();
            }
        } finally {
            for (Contestant each : ready.values()) {
                each.close();
            }
        }
    }

    private void open(Measure measure, Map<String, Contestant> ready) throws Exception {
        for (Entrant entrant : measure.entrants()) {
            try {
                ground.progress().accept(measure.name() + ": " + entrant.name() + " gets ready");
                Contestant contestant = entrant.opening().open(ground);
                ready.put(entrant.name(), contestant);
                contestant.turn(ground.warmUp());
            } catch (Entrant.MissingException e) {
                numbers.missing(entrant.name() + ": " + e.getMessage());
            }
        }
    }
}
