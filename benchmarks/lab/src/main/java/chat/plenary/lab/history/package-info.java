/** What was asked, answered and shown in a run, as a file. */
@NullMarked
package chat.plenary.lab.history;

import org.jspecify.annotations.NullMarked;
