package dev.foldlog.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README.md shows code that is compiled and run here. */
final class ReadmeTest {
    private static final Path TOP = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile(
            "^<!-- from (testing/\\S+\\.java) -->\n```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void the_example_is_part_of_a_test() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(TOP.resolve("README.md")));

        assertThat(block.find()).as("README.md: a java block from this module").isTrue();
        String source = Files.readString(TOP.resolve(block.group(1)));
        assertThat(block.group(2)).contains("@RegisterExtension").contains("@Test");
        assertThat(source).contains(block.group(2));
        assertThat(block.find()).as("README.md: another one").isFalse();
    }
}
