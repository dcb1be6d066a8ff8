/**
 * The route for Alertmanager's webhook (version 4): one card a group of alerts, which changes in
 * place.
 */
@NullMarked
package chat.plenary.integrations.alertmanager;

import org.jspecify.annotations.NullMarked;
