/** Judges a history, offline. */
@NullMarked
package chat.plenary.lab.checker;

import org.jspecify.annotations.NullMarked;
