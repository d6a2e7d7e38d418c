/** The measures, each a number of contestants that take turns. */
@NullMarked
package dev.foldlog.bench.measure;

import org.jspecify.annotations.NullMarked;
