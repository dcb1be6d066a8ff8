/** Processes, proxies and the ways to break them. */
@NullMarked
package chat.plenary.lab.fault;

import org.jspecify.annotations.NullMarked;
