/** Tests of the list of measures. */
@NullMarked
package dev.foldlog.bench.catalog;

import org.jspecify.annotations.NullMarked;
