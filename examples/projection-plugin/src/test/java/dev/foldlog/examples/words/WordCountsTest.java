package dev.foldlog.examples.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.client.Payloads;
import dev.foldlog.testing.FoldlogTestServer;
import dev.foldlog.v1.CreateProjectionRequest;
import dev.foldlog.v1.GetStateRequest;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.PluginRef;
import dev.foldlog.v1.Projection;
import dev.foldlog.v1.ProjectionEngineGrpc;
import dev.foldlog.v1.ProjectionEngineGrpc.ProjectionEngineBlockingStub;
import dev.foldlog.v1.ProjectionMode;
import dev.foldlog.v1.RebuildProjectionRequest;
import dev.foldlog.v1.WaitForProjectionRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plugin's life on a server that finds it on its class path. */
final class WordCountsTest {
    @ParameterizedTest
    @EnumSource(names = "PROJECTION_MODE_(SYNC|ASYNC)", mode = EnumSource.Mode.MATCH_ALL)
    void words_are_counted_before_and_after_a_rebuild(ProjectionMode mode) {
        try (FoldlogTestServer foldlog = FoldlogTestServer.inMemory()) {
            ProjectionEngineBlockingStub projections = ProjectionEngineGrpc.newBlockingStub(foldlog.channel());
            foldlog.client().append(comment("Cites the right page"));
            projections.createProjection(CreateProjectionRequest.newBuilder()
                    .setProjection(Projection.newBuilder()
                            .setName("comment_words")
                            .setMode(mode)
                            .setPlugin(PluginRef.newBuilder()
                                    .setName("word-counts")
                                    .putSettings("field", "comment")))
                    .build());
            foldlog.client().append(comment("the page, the line"));

            assertThat(words(projections)).isEqualTo("{\"cites\":1,\"line\":1,\"page\":2,\"right\":1,\"the\":3}");
            projections.rebuildProjection(RebuildProjectionRequest.newBuilder()
                    .setName("comment_words")
                    .build());
            assertThat(words(projections)).isEqualTo("{\"cites\":1,\"line\":1,\"page\":2,\"right\":1,\"the\":3}");
        }
    }

    private static NewEvent comment(String text) {
        return NewEvent.newBuilder()
                .setAction("comment")
                .setProducer("reviewer:ana")
                .setArtifactType("answer")
                .setArtifactId("answer-17")
                .setPayload(Payloads.json("{\"score\": 5, \"comment\": \"" + text + "\"}"))
                .build();
    }

    private static String words(ProjectionEngineBlockingStub projections) {
        projections.waitForProjection(WaitForProjectionRequest.newBuilder()
                .setName("comment_words")
                .setRebuildDone(true)
                .build());
        return projections
                .getState(GetStateRequest.newBuilder()
                        .setProjection("comment_words")
                        .setKey("answer")
                        .build())
                .getState()
                .getValue()
                .getJson();
    }
}
