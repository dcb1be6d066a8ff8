/**
 * What bots and tools that were written for WeChat Work call: the robots of groups, and
 * applications. Compatible with that interface as far as the documentation says, and no part of it.
 */
@NullMarked
package chat.plenary.bots.wecom;

import org.jspecify.annotations.NullMarked;
