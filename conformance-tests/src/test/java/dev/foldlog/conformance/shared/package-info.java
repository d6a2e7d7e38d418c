/** Tests of what a test sees of a shared store. */
@NullMarked
package dev.foldlog.conformance.shared;

import org.jspecify.annotations.NullMarked;
