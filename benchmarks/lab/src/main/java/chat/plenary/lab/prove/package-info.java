/** Scenarios of faults under load, judged and reported. */
@NullMarked
package chat.plenary.lab.prove;

import org.jspecify.annotations.NullMarked;
