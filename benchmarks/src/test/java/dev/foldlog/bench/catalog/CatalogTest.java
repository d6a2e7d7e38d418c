package dev.foldlog.bench.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.bench.limits.InsertsInC;
import dev.foldlog.bench.measure.Entrant;
import dev.foldlog.bench.measure.Measure;
import dev.foldlog.bench.peers.UmaDb;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.RawNumbers;
import dev.foldlog.bench.report.Sample;
import java.util.List;
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
    void a_whole_name_means_that_measure_only_and_a_beginning_all_that_begin_so() {
        assertThat(meant("append-grpc-1")).containsExactly("append-grpc-1");
        assertThat(meant("append-grpc-")).contains("append-grpc-1", "append-grpc-128", "append-grpc-1024");
        assertThat(meant("nothing")).isEmpty();
    }

    @Test
    void without_peers_there_is_no_peer_and_the_limits_are_left() {
        assertThat(Catalog.measures().stream().map(Catalog::withoutPeers))
                .flatExtracting(Measure::entrants)
                .extracting(Entrant::name)
                .doesNotContain(UmaDb.NAME)
                .contains(InsertsInC.NAME, Entrant.FOLDLOG);
    }

    private static List<String> meant(String typed) {
        return Catalog.measures().stream()
                .filter(it -> Catalog.isMeant(typed, it))
                .map(Measure::name)
                .toList();
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
