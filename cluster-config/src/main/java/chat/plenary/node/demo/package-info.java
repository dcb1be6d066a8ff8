/** What {@code --demo} fills an organisation with, and what it tells programs about it. */
@NullMarked
package chat.plenary.node.demo;

import org.jspecify.annotations.NullMarked;
