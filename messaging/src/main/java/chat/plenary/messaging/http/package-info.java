/**
 * How other packages and modules offer HTTP endpoints without seeing the web framework: a {@link
 * chat.plenary.messaging.http.Route} carries its own description, from which the OpenAPI document
 * is made.
 */
@NullMarked
package chat.plenary.messaging.http;

import org.jspecify.annotations.NullMarked;
