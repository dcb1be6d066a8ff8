/**
 * A simulated world: one thread, virtual time, every choice from one seed. A run that failed is
 * repeated exactly by its seed. Stores, buses and nodes of simulations take their steps here.
 */
@NullMarked
package chat.plenary.messaging.sim;

import org.jspecify.annotations.NullMarked;
