/** Our servers under the conformance kit. */
@NullMarked
package dev.foldlog.conformance;

import org.jspecify.annotations.NullMarked;
