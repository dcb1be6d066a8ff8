/** The lab: proves the delivery contract under faults, and measures it under load. */
@NullMarked
package chat.plenary.lab;

import org.jspecify.annotations.NullMarked;
