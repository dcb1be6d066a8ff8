/**
 * Surveys from a definition file: invitation, a private conversation card by card, answers without
 * a name, results by thresholds.
 */
@NullMarked
package chat.plenary.bots.survey;

import org.jspecify.annotations.NullMarked;
