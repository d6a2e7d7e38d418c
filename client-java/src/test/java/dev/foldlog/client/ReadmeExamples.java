package dev.foldlog.client;

import dev.foldlog.client.error.ConcurrencyConflictException;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;
import java.util.function.Consumer;

/** The Java of README.md, which shows the parts between the marks literally. */
final class ReadmeExamples {
    private ReadmeExamples() {}

    static void start(String address) {
        // readme: start
        try (Foldlog foldlog = Foldlog.connect(address)) {
            foldlog.append(NewEvent.newBuilder()
                    .setAction("approve")
                    .setProducer("reviewer:ana")
                    .setArtifactType("answer")
                    .setArtifactId("answer-17")
                    .setPayload(Payloads.json("{\"score\": 5}"))
                    .build());
            foldlog.loadHistory("answer-17").forEach(System.out::println);
        }
        // readme: end
    }

    static void follow(Foldlog foldlog, Consumer<RecordedEvent> learn) {
        // readme: start
        foldlog.subscribeAll(event -> learn.accept(event), 0); // reconnects by itself, until closed
        // readme: end
    }

    static boolean approveOnce(Foldlog foldlog, NewEvent approval) {
        // readme: start
        boolean approved = foldlog.withTransaction(unit -> {
            List<RecordedEvent> answer = unit.readStream("answer-17");
            if (answer.stream().anyMatch(it -> it.getAction().equals("approve"))) {
                return false;
            }
            unit.append(approval);
            return true;
        });
        // readme: end
        return approved;
    }

    static void conditional(Foldlog foldlog, NewEvent rejection) {
        // readme: start
        try {
            foldlog.append(AppendRequest.newBuilder()
                    .addEvents(rejection)
                    .addPreconditions(Preconditions.sequence("answer-17", 1))
                    .build());
        } catch (ConcurrencyConflictException e) {
            e.violations().forEach(it -> System.out.println(it.partitionKey() + " is at " + it.actualSequence()));
        }
        // readme: end
    }
}
