/**
 * Webhooks both ways: {@code plenary-webhook:in} takes what outside systems post, {@code
 * plenary-webhook:out} posts signed to them, {@code plenary-webhook:text} makes a message of JSON.
 */
@NullMarked
package chat.plenary.integrations.webhook;

import org.jspecify.annotations.NullMarked;
