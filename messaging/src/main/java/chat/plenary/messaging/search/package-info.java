/**
 * Search in what was said: no copy of it is kept, only signatures that say where it cannot be
 * found; what is found is judged by what its reader is shown now.
 */
@NullMarked
package chat.plenary.messaging.search;

import org.jspecify.annotations.NullMarked;
