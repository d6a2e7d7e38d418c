/** Tests of what is sent. */
@NullMarked
package dev.foldlog.bench.load;

import org.jspecify.annotations.NullMarked;
