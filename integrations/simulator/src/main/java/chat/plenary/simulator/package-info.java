/**
 * Simulators of outside services, for tests and for the demonstration: each is a server that does
 * what its service's documents say, from the check of a signature to the wrong order of its events,
 * and says of itself what is guessed. They know nothing of Plenary's own code, least of all how its
 * clients sign.
 */
@NullMarked
package chat.plenary.simulator;

import org.jspecify.annotations.NullMarked;
