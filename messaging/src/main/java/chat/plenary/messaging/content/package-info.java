/** What messages say: bodies, cards and their rules, and their forms in JSON and BSON. A leaf. */
@NullMarked
package chat.plenary.messaging.content;

import org.jspecify.annotations.NullMarked;
