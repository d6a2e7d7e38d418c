package dev.foldlog.expressions;

import static dev.foldlog.expressions.Views.compiled;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What docs/concepts/expressions.md shows is so. */
final class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "concepts", "expressions.md");
    private static final Pattern EXAMPLE = Pattern.compile("^\\| `(.+)` \\| `(\\{.*})` \\|$", Pattern.MULTILINE);
    private static final CelExpressions ENGINE = CelExpressions.standard();

    @TestFactory
    Stream<DynamicTest> an_example_is_true() throws IOException {
        return examples().stream()
                .map(it -> DynamicTest.dynamicTest(
                        it.source(),
                        () -> assertThat(compiled(ENGINE.predicate(it.source())).test(Views.withPayload(it.payload())))
                                .isTrue()));
    }

    @Test
    void there_are_ten() throws IOException {
        assertThat(examples()).hasSize(10);
    }

    @Test
    void the_error_is_the_one_that_is_shown() throws IOException {
        String snippet = Views.refused(ENGINE.predicate("event.acton == 'approve'"))
                .getFirst()
                .snippet()
                .indent(4);

        assertThat(Files.readString(PAGE)).contains("1:6: undefined field 'acton' [INVALID_EXPRESSION]\n" + snippet);
    }

    private static List<Example> examples() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
        return matcher.results()
                .map(it -> new Example(it.group(1).replace("\\|", "|"), it.group(2)))
                .toList();
    }

    private record Example(String source, String payload) {}
}
