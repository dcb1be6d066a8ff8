/**
 * Engines that translate texts: Apertium on this machine, LibreTranslate, whatever speaks OpenAI's
 * chat completions, Tencent's TMT. Calls go through Camel routes {@code direct:translate-NAME}.
 */
@NullMarked
package chat.plenary.integrations.translation;

import org.jspecify.annotations.NullMarked;
