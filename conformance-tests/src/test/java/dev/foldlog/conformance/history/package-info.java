/** Tests of the recorder of histories. */
@NullMarked
package dev.foldlog.conformance.history;

import org.jspecify.annotations.NullMarked;
