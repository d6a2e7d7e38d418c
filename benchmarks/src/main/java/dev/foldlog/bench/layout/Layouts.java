package dev.foldlog.bench.layout;

import static dev.foldlog.bench.layout.Layout.*;

import java.util.List;

/** The layouts that are compared. */
final class Layouts {
    /** What was chosen: ids whole, late events alone by time, kinds. */
    static final Layout CHOSEN = Layout.FIRST
            .named("id 16 bytes; sequence; late; kind")
            .withIndexes(BY_ID, BY_SEQUENCE, LATE, BY_KIND)
            .withColumns(ID, PARTITION, SEQUENCE, KIND, PRODUCER, TIMESTAMP, TIME_BEFORE, ENVELOPE, PAYLOAD);

    private static final Layout KEYED = CHOSEN.named("id 8 bytes; sequence; late")
            .withIndexes(BY_ID_KEY, BY_SEQUENCE, LATE)
            .withColumns(ID_KEY, PARTITION, SEQUENCE, KIND, PRODUCER, TIMESTAMP, TIME_BEFORE, ENVELOPE, PAYLOAD)
            .withLookUp(FIND_KEY);

    private Layouts() {}

    static List<Layout> ids() {
        return List.of(
                CHOSEN.named("16 bytes, unique").withIndexes(BY_ID),
                KEYED.named("8 bytes, looked up").withIndexes(BY_ID_KEY),
                CHOSEN.named("no index of ids").withIndexes().withLookUp());
    }

    static List<Layout> indexes() {
        return List.of(
                Layout.FIRST,
                CHOSEN,
                CHOSEN.named("id 16 bytes; sequence; late").withIndexes(BY_ID, BY_SEQUENCE, LATE),
                KEYED,
                KEYED.named("id 8 bytes; partition; late").withIndexes(BY_ID_KEY, BY_PARTITION, LATE),
                CHOSEN.named("id 16 bytes").withIndexes(BY_ID),
                CHOSEN.named("no index").withIndexes().withLookUp());
    }
}
