/** Configuration: flag over environment over file over default, and where each value came from. */
@NullMarked
package dev.foldlog.cli.config;

import org.jspecify.annotations.NullMarked;
