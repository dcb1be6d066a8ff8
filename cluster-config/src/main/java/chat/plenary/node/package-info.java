/** A node: it is started by {@code Main}, and {@code Node} opens and closes its parts in order. */
@NullMarked
package chat.plenary.node;

import org.jspecify.annotations.NullMarked;
