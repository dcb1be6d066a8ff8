/**
 * Organisations (tenants): their departments and members. An organisation is a conversation of its
 * own; whatever is done to it is an entry of its log, so that every node learns of it by following
 * the lanes. {@link chat.plenary.messaging.organisation.OrganisationMachine} judges and folds those
 * entries, {@link chat.plenary.messaging.organisation.Projection} keeps rows of them, and {@link
 * chat.plenary.messaging.organisation.Organisations} is what others use.
 *
 * <p>Collections: {@code organisations}, {@code organisation_names}, {@code accounts}, {@code
 * endings}. Passwords, tokens and tickets are the business of the package of accounts.
 */
@NullMarked
package chat.plenary.messaging.organisation;

import org.jspecify.annotations.NullMarked;
