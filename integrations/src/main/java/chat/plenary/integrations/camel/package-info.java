/**
 * The {@code plenary:} component, by which any Camel route posts into conversations. Asynchronous,
 * idempotent, bounded.
 */
@NullMarked
package chat.plenary.integrations.camel;

import org.jspecify.annotations.NullMarked;
