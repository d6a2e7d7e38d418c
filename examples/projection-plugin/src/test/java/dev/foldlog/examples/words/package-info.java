/** An example: a projection in Java. */
@NullMarked
package dev.foldlog.examples.words;

import org.jspecify.annotations.NullMarked;
