/**
 * Simulators of Tencent's speech services. They hear nothing: as audio comes, they go through a
 * script. From the documents: addresses, signatures, frames, codes, how sentences grow. Guessed:
 * how fast sentences grow, that {@code sentence_id} is a number from 0, and which code is told
 * where a parameter is missing. Nothing of it was compared with the real services.
 */
@NullMarked
package chat.plenary.simulator.speech;

import org.jspecify.annotations.NullMarked;
