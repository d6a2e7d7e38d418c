/** Tests of the engine. */
@NullMarked
package dev.foldlog.projections;

import org.jspecify.annotations.NullMarked;
