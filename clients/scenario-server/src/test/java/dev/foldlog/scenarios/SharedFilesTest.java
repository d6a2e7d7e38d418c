package dev.foldlog.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.foldlog.server.grpc.error.StatusCodes;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.v1.ErrorReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of clients/scenarios that this module reads or writes. */
final class SharedFilesTest {
    private static final Path SCENARIOS = Path.of("..", "scenarios");
    private static final String FUTURE = "FROM_THE_FUTURE";

    @Test
    void golden_messages_are_what_make_golden_writes() throws IOException {
        Map<String, byte[]> wanted = GoldenFiles.contents();

        try (Stream<Path> files = Files.list(SCENARIOS.resolve("golden"))) {
            assertThat(files.map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(wanted.keySet());
        }
        for (Map.Entry<String, byte[]> file : wanted.entrySet()) {
            assertThat(SCENARIOS.resolve("golden").resolve(file.getKey()))
                    .as("written by make golden")
                    .hasBinaryContent(file.getValue());
        }
    }

    @Test
    void there_is_an_error_for_each_reason_and_one_of_a_server_to_come() {
        List<String> reasons = Arrays.stream(ErrorReason.values())
                .filter(it -> it != ErrorReason.UNRECOGNIZED && it != ErrorReason.ERROR_REASON_UNSPECIFIED)
                .map(StatusMapper::wireName)
                .toList();

        assertThat(errors().reasons()).containsAll(reasons).contains(FUTURE).hasSize(reasons.size() + 1);
    }

    @Test
    void errors_have_the_status_that_a_server_gives_them() throws IOException {
        ErrorAnswers errors = errors();
        for (String reason : errors.reasons()) {
            com.google.rpc.Status status = errors.status(reason);
            ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);

            assertThat(info.getReason()).isEqualTo(reason);
            assertThat(info.getDomain()).isEqualTo(StatusMapper.DOMAIN);
            if (!reason.equals(FUTURE)) {
                assertThat(status.getCode())
                        .as(reason)
                        .isEqualTo(StatusCodes.of(ErrorReason.valueOf("ERROR_REASON_" + reason))
                                .value());
            }
        }
    }

    private static ErrorAnswers errors() {
        return ErrorAnswers.read(SCENARIOS.resolve("errors.json"));
    }
}
