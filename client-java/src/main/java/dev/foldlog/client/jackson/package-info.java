/** Payloads through Jackson 3. Needs {@code tools.jackson.core:jackson-databind}, which the application brings. */
@NullMarked
package dev.foldlog.client.jackson;

import org.jspecify.annotations.NullMarked;
