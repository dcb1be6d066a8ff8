/**
 * Outside systems, wired to conversations by Camel routes: an embedded CamelContext, the {@code
 * plenary:} component, and the routes that are shipped.
 */
@NullMarked
package chat.plenary.integrations;

import org.jspecify.annotations.NullMarked;
