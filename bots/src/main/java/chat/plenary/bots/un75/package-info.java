/** The UN75 survey: its definition file and nothing else. */
@NullMarked
package chat.plenary.bots.un75;

import org.jspecify.annotations.NullMarked;
