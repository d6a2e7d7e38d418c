/** What the size of a store costs. */
@NullMarked
package dev.foldlog.bench.growth;

import org.jspecify.annotations.NullMarked;
