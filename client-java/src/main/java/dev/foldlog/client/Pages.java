package dev.foldlog.client;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lists that come a page at a time. */
final class Pages {
    private Pages() {}

    /**
     * One page.
     *
     * @param nextToken empty: it is the last
     */
    record Page<T>(List<T> elements, String nextToken) {}

    /** All elements; a page is fetched when the one before it is used up. */
    static <T> Stream<T> stream(Function<String, Page<T>> fetch) {
        return Stream.iterate(new Turn<>(fetch), Turn::hasPage, Turn::next)
                .flatMap(it -> it.page().elements().stream());
    }

    /** A place in the list: fetched when it is looked at, at most once. Confined to one thread. */
    private static final class Turn<T> {
        private final Function<String, Page<T>> fetch;
        private final String token;
        private final boolean isPastEnd;
        private Page<T> page = new Page<>(List.of(), "");
        private boolean isFetched;

        private Turn(Function<String, Page<T>> fetch) {
            this(fetch, "", false);
        }

        private Turn(Function<String, Page<T>> fetch, String token, boolean isPastEnd) {
            this.fetch = fetch;
            this.token = token;
            this.isPastEnd = isPastEnd;
        }

        private boolean hasPage() {
            return !isPastEnd;
        }

        private Page<T> page() {
            if (!isFetched) {
                page = fetch.apply(token);
                isFetched = true;
            }
            return page;
        }

        private Turn<T> next() {
            String following = page().nextToken();
            return new Turn<>(fetch, following, following.isEmpty());
        }
    }
}
