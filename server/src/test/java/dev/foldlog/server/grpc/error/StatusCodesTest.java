package dev.foldlog.server.grpc.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.ErrorReason;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class StatusCodesTest {
    /** A value of the enum, after a comment that starts with its status. */
    private static final Pattern DOCUMENTED =
            Pattern.compile("\n  // ([A-Z_]+)\\. [^=]*?\\n  (ERROR_REASON_[A-Z_]+) = \\d+;");

    @Test
    void every_reason_has_the_status_that_errors_proto_documents() throws IOException {
        Map<ErrorReason, Status.Code> documented = new EnumMap<>(ErrorReason.class);
        Matcher matcher = DOCUMENTED.matcher(errorsProto());
        while (matcher.find()) {
            documented.put(ErrorReason.valueOf(matcher.group(2)), Status.Code.valueOf(matcher.group(1)));
        }

        Set<ErrorReason> reasons =
                EnumSet.complementOf(EnumSet.of(ErrorReason.ERROR_REASON_UNSPECIFIED, ErrorReason.UNRECOGNIZED));
        assertThat(documented.keySet()).isEqualTo(reasons);
        assertThat(documented)
                .allSatisfy((reason, status) ->
                        assertThat(StatusCodes.of(reason)).as(reason.name()).isEqualTo(status));
    }

    @Test
    void what_is_no_reason_is_a_defect() {
        assertThat(StatusCodes.of(ErrorReason.ERROR_REASON_UNSPECIFIED)).isEqualTo(Status.Code.INTERNAL);
        assertThat(StatusCodes.of(ErrorReason.UNRECOGNIZED)).isEqualTo(Status.Code.INTERNAL);
    }

    private static String errorsProto() throws IOException {
        try (InputStream file = ErrorReason.class.getResourceAsStream("/foldlog/v1/errors.proto")) {
            assertThat(file).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
