/** What must hold of the module as a whole. */
@NullMarked
package dev.foldlog.core;

import org.jspecify.annotations.NullMarked;
