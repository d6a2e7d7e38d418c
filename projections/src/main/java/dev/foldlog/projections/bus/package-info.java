/** The bus: tells those who listen in this process what was committed. */
@NullMarked
package dev.foldlog.projections.bus;

import org.jspecify.annotations.NullMarked;
