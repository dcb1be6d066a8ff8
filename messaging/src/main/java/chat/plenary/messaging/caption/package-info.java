/**
 * Captions of meetings: what is said while it is said, then one entry a finished sentence in the
 * group's log, corrected by its key; the people who interpret; speech that is sent to an engine;
 * and the record, in any language.
 */
@NullMarked
package chat.plenary.messaging.caption;

import org.jspecify.annotations.NullMarked;
