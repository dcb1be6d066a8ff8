/** What an organisation keeps no longer is recalled, once per cluster. */
@NullMarked
package chat.plenary.messaging.retention;

import org.jspecify.annotations.NullMarked;
