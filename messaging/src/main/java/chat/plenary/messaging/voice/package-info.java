/**
 * What is said in a meeting, heard in another language: who listens where, and the voice that
 * engines give. Nothing of it is stored.
 */
@NullMarked
package chat.plenary.messaging.voice;

import org.jspecify.annotations.NullMarked;
