/** Bots: surveys that are asked in chat, and the feed of bots that run elsewhere. */
@NullMarked
package chat.plenary.bots;

import org.jspecify.annotations.NullMarked;
