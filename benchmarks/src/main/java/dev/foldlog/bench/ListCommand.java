package dev.foldlog.bench;

import dev.foldlog.bench.catalog.Catalog;
import dev.foldlog.bench.measure.Entrant;
import picocli.CommandLine.Command;

/** Lists the measures. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List the measures and who takes part in each.")
final class ListCommand implements Runnable {
    @Override
    public void run() {
        Catalog.measures()
                .forEach(it -> System.out.println(it.name() + ": " + it.about() + " ("
                        + String.join(
                                ", ", it.entrants().stream().map(Entrant::name).toList()) + ')'));
    }
}
