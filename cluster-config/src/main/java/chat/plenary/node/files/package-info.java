/** Files that are for the eyes of their owner only. */
@NullMarked
package chat.plenary.node.files;

import org.jspecify.annotations.NullMarked;
