/** Measures the stores of Plenary as the log uses them, each figure beside the disk's own. */
@NullMarked
package chat.plenary.micro;

import org.jspecify.annotations.NullMarked;
