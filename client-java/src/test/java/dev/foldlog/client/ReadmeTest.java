package dev.foldlog.client;

import static dev.foldlog.client.Patience.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java that README.md shows is code that compiles and does what is said. */
final class ReadmeTest {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Pattern SHOWN =
            Pattern.compile("(?<!-->\\n)^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern COMPILED =
            Pattern.compile("^ *// readme: start\\n(.*?)^ *// readme: end$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void shows_compiled_code_literally() throws IOException {
        List<String> shown = all(SHOWN, MODULE.resolveSibling("README.md"));
        List<String> compiled = all(COMPILED, MODULE.resolve("src/test/java/dev/foldlog/client/ReadmeExamples.java"));

        assertThat(shown).isNotEmpty().isEqualTo(compiled);
    }

    private static List<String> all(Pattern pattern, Path file) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            blocks.add(matcher.group(1).stripTrailing().stripIndent());
        }
        return blocks;
    }

    @Test
    void the_examples_do_what_is_said() {
        try (ServedStore store = ServedStore.onLoopback()) {
            Foldlog client = store.client();
            List<RecordedEvent> learnt = new CopyOnWriteArrayList<>();

            ReadmeExamples.follow(client, learnt::add);
            ReadmeExamples.start("127.0.0.1:" + store.port());
            boolean isFirst = ReadmeExamples.approveOnce(client, Events.event("answer-17"));
            ReadmeExamples.conditional(
                    client, Events.draft("answer-17").setAction("reject").build());
            ReadmeExamples.conditional(
                    client, Events.draft("answer-17").setAction("edit").build());

            patiently().until(() -> learnt.size() == 2);
            assertThat(learnt).extracting(RecordedEvent::getAction).containsExactly("approve", "reject");
            assertThat(isFirst).isFalse();
        }
    }
}
