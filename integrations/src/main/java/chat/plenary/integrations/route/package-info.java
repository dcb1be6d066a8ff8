/**
 * Operators' routes: a folder of YAML files that is watched. A file is checked before it replaces
 * anything; a bad one leaves the last good one running and is told of.
 */
@NullMarked
package chat.plenary.integrations.route;

import org.jspecify.annotations.NullMarked;
