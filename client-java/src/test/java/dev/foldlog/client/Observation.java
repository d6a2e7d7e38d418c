package dev.foldlog.client;

import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a unit of work saw, written into the metadata of the events it appended, so that the log itself tells
 * whether the unit could have run alone: a replay in commit order must see the same.
 */
final class Observation {
    private static final String PREFIX = "saw:";

    private final Map<String, Long> seen = new TreeMap<>();

    /** A query and its answer. */
    long saw(String query, long answer) {
        seen.put(query, answer);
        return answer;
    }

    NewEvent in(NewEvent.Builder event) {
        seen.forEach((query, answer) -> event.putMetadata(PREFIX + query, Long.toString(answer)));
        return event.build();
    }

    /** Every observation that a serial run in commit order contradicts. */
    static List<String> anomalies(List<RecordedEvent> log) {
        List<String> anomalies = new ArrayList<>();
        List<RecordedEvent> past = new ArrayList<>();
        List<RecordedEvent> unit = new ArrayList<>();
        for (RecordedEvent event : log) {
            if (!unit.isEmpty() && unit.getFirst().getTransactionPosition() != event.getTransactionPosition()) {
                past.addAll(unit);
                unit.clear();
            }
            unit.add(event);
            event.getMetadataMap().forEach((key, answer) -> {
                if (key.startsWith(PREFIX)) {
                    String query = key.substring(PREFIX.length());
                    long serial = Bank.answer(query, past);
                    if (serial != Long.parseLong(answer)) {
                        anomalies.add("position %s saw %s = %s, alone it would have seen %s"
                                .formatted(event.getPosition(), query, answer, serial));
                    }
                }
            });
        }
        return anomalies;
    }
}
