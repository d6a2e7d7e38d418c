package dev.foldlog.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.NewEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example of README.md. */
final class FeedbackTest {
    @RegisterExtension
    static final FoldlogExtension foldlog = FoldlogExtension.inMemory();

    @Test
    void an_approval_is_the_first_event_of_its_answer() {
        foldlog.client()
                .append(NewEvent.newBuilder()
                        .setAction("approve")
                        .setProducer("reviewer:ana")
                        .setArtifactType("answer")
                        .setArtifactId("answer-17")
                        .build());

        var answer = foldlog.client().getPartition("answer-17");
        assertThat(answer.getLastSequence()).isEqualTo(1);
    }
}
