/** Other event stores on the same work with the same durability. */
@NullMarked
package dev.foldlog.bench.peers;

import org.jspecify.annotations.NullMarked;
