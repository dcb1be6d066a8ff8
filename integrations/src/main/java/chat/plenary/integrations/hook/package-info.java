/** Hooks: addresses at which outside systems post what then goes through a route into one group. */
@NullMarked
package chat.plenary.integrations.hook;

import org.jspecify.annotations.NullMarked;
