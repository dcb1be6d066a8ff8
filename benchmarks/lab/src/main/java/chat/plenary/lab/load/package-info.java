/** An open-loop load generator. */
@NullMarked
package chat.plenary.lab.load;

import org.jspecify.annotations.NullMarked;
