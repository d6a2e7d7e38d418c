package dev.foldlog.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.NewEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ExampleDataTest {
    private static final Path FILE = Path.of("..", "examples", "feedback.jsonl");

    @Test
    void the_example_is_what_its_description_says() throws IOException, EventSyntaxException {
        List<NewEvent> events = new ArrayList<>();
        EventJsonReader reader = new EventJsonReader();
        for (String line : Files.readAllLines(FILE)) {
            events.add(reader.read(line));
        }
        assertThat(events).hasSize(40);
        assertThat(events.stream().collect(Collectors.groupingBy(NewEvent::getAction, Collectors.counting())))
                .containsEntry("produced", 11L)
                .containsEntry("approve", 11L)
                .containsEntry("reject", 7L)
                .containsEntry("edit", 5L)
                .containsEntry("rank", 4L)
                .hasSize(7);
        assertThat(events.stream().map(NewEvent::getArtifactType)).contains("answer", "summary");
        assertThat(events.stream().map(NewEvent::getEventId)).isSorted().doesNotHaveDuplicates();
        assertThat(events).allSatisfy(ExampleDataTest::requireTimeInId);
    }

    private static void requireTimeInId(NewEvent event) {
        UUID id = UUID.fromString(event.getEventId());
        assertThat(id.version()).isEqualTo(7);
        assertThat(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
                .isEqualTo(Instant.ofEpochSecond(
                        event.getTimestamp().getSeconds(), event.getTimestamp().getNanos()));
    }
}
