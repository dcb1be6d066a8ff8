/**
 * The deterministic simulated store: one replicated database, a handle for each node, and the
 * faults that no real server shows on demand. Its steps are those of the append protocol's
 * specification: Land (one document of a write is applied by the primary), Commit (a majority has
 * what was applied) and Election (what was not committed is lost from some point on).
 */
@NullMarked
package chat.plenary.messaging.store.sim;

import org.jspecify.annotations.NullMarked;
