/**
 * Engines that follow speech: Tencent's realtime speech translation and simultaneous
 * interpretation, and pocketsphinx as a process on this machine. And what speaks: eSpeak NG, a
 * process too.
 */
@NullMarked
package chat.plenary.integrations.speech;

import org.jspecify.annotations.NullMarked;
