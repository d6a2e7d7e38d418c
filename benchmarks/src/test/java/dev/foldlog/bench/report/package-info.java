/** Tests of figures, goals and their files. */
@NullMarked
package dev.foldlog.bench.report;

import org.jspecify.annotations.NullMarked;
