/** The launcher's commands and the composition root that gives them their surroundings. */
@NullMarked
package dev.foldlog.cli;

import org.jspecify.annotations.NullMarked;
