/** The benchmarks' command line. */
@NullMarked
package dev.foldlog.bench;

import org.jspecify.annotations.NullMarked;
