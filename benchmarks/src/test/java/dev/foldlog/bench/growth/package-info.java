/** Tests of what stores are filled with. */
@NullMarked
package dev.foldlog.bench.growth;

import org.jspecify.annotations.NullMarked;
