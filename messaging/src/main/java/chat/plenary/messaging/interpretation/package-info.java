/**
 * What is said in one language, told in another: the doors to engines that translate text and that
 * follow speech. Engines are in other modules.
 */
@NullMarked
package chat.plenary.messaging.interpretation;

import org.jspecify.annotations.NullMarked;
