/** Tests of reading what processes used and said. */
@NullMarked
package dev.foldlog.bench.process;

import org.jspecify.annotations.NullMarked;
