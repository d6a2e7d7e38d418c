/** The bus: tells those who listen in this process what was committed. */
@NullMarked
package dev.foldlog.projections.grpc;

import org.jspecify.annotations.NullMarked;
