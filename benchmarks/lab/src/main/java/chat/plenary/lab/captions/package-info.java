/** Captions of a meeting: what is said, how it is pushed, who reads it, and how that is judged. */
@NullMarked
package chat.plenary.lab.captions;

import org.jspecify.annotations.NullMarked;
