package dev.foldlog.bench.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.bench.limits.InsertsInC;
import dev.foldlog.bench.measure.Entrant;
import dev.foldlog.bench.measure.Measure;
import dev.foldlog.bench.peers.UmaDb;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.RawNumbers;
import dev.foldlog.bench.report.Sample;
import org.junit.jupiter.api.Test;

final class CatalogTest {
    private static final int NOT_MEASURED_YET = 2;

    @Test
    void names_are_used_once() {
        assertThat(Catalog.measures().stream().map(Measure::name)).doesNotHaveDuplicates();
        assertThat(Catalog.measures())
                .allSatisfy(it -> assertThat(it.entrants().stream().map(Entrant::name))
                        .isNotEmpty()
                        .doesNotHaveDuplicates());
    }

    @Test
    void without_peers_there_is_no_peer_and_the_limits_are_left() {
        assertThat(Catalog.measures().stream().map(Catalog::withoutPeers))
                .flatExtracting(Measure::entrants)
                .extracting(Entrant::name)
                .doesNotContain(UmaDb.NAME)
                .contains(InsertsInC.NAME, Entrant.FOLDLOG);
    }

    @Test
    void each_goal_is_taken_from_measures_and_contestants_that_exist() {
        RawNumbers numbers = new RawNumbers();
        Sample.Builder all = Sample.builder();
        for (Metric metric : Metric.values()) {
            all.with(metric, 1);
        }
        for (Measure measure : Catalog.measures()) {
            measure.entrants().forEach(it -> numbers.add(measure.name(), it.name(), 1, all.build()));
        }
        numbers.add("growth-append", "0", 1, all.build());
        numbers.add("growth-append", "10 million", 1, all.build());

        assertThat(Goals.all().stream().filter(it -> it.figure().of(numbers).isEmpty()))
                .hasSize(NOT_MEASURED_YET);
    }
}
