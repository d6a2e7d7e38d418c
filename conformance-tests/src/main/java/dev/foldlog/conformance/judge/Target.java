package dev.foldlog.conformance.judge;

import dev.foldlog.conformance.Capability;
import dev.foldlog.v1.GetStoreInfoResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A running server that is to be judged, as its address and what is declared about it.
 *
 * @param address HOST:PORT, spoken to in plain text
 * @param capabilities names of capabilities with commas between, or empty: what {@code GetStoreInfo} says
 * @param restartCommand a shell command that restarts the server over the same store at the same address and ends
 *     by itself, or empty: there is none
 */
public record Target(String address, String capabilities, String restartCommand) {
    private static final String ADDRESS = "conformance.target";
    private static final String CAPABILITIES = "conformance.target.capabilities";
    private static final String RESTART = "conformance.target.restart";

    public Target {
        if (!address.matches("[^:\\s]+:\\d{1,5}")) {
            throw new IllegalArgumentException("target: " + address + " (expected: HOST:PORT)");
        }
        List<String> unknown = new ArrayList<>(names(capabilities));
        unknown.removeAll(known());
        if (!unknown.isEmpty() && !unknown.equals(List.of("none"))) {
            throw new IllegalArgumentException("capabilities: " + String.join(",", unknown) + " (expected: none, or of "
                    + String.join(",", known()) + ')');
        }
    }

    /** Whether the server can be restarted. */
    public boolean canRestart() {
        return !restartCommand.isBlank();
    }

    /** What the server must be able to do, given what it states itself. */
    Set<Capability> capabilities(GetStoreInfoResponse stated) {
        return capabilities.isBlank() ? Capability.declaredBy(stated) : Capability.among(names(capabilities));
    }

    /** As parameters of a run of JUnit. */
    Map<String, String> parameters() {
        return new TreeMap<>(Map.of(ADDRESS, address, CAPABILITIES, capabilities, RESTART, restartCommand));
    }

    /** From the parameters of a run of JUnit. */
    static Target of(UnaryOperator<String> parameter) {
        return new Target(parameter.apply(ADDRESS), parameter.apply(CAPABILITIES), parameter.apply(RESTART));
    }

    private static List<String> names(String list) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>();
        Stream.of(Capability.values()).map(Capability::feature).forEach(known::add);
        return known;
    }
}
