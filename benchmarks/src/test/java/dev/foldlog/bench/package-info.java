/** Tests of the benchmarks' structure. */
@NullMarked
package dev.foldlog.bench;

import org.jspecify.annotations.NullMarked;
