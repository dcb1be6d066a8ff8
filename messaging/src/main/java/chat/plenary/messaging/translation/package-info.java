/**
 * What messages say in the languages that their readers read: which languages a group speaks, what
 * stays as it is, which engine is asked, what became of it.
 */
@NullMarked
package chat.plenary.messaging.translation;

import org.jspecify.annotations.NullMarked;
