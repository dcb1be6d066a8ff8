/**
 * How the nodes of a cluster see and reach each other. Everything here is a hint: it may be lost,
 * late, twice or stale.
 */
@NullMarked
package chat.plenary.messaging.cluster;

import org.jspecify.annotations.NullMarked;
