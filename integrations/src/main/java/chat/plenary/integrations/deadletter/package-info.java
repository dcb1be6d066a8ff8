/** Exchanges that failed for good: kept, shown to administrators, sent again. */
@NullMarked
package chat.plenary.integrations.deadletter;

import org.jspecify.annotations.NullMarked;
