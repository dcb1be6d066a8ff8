/**
 * The browser client as the node serves it: one page that is never cached, and files under an
 * address that names the digest of them all, so that they can be cached for ever. The client itself
 * is in {@code web/client}; it speaks the public protocol only.
 */
@NullMarked
package chat.plenary.web;

import org.jspecify.annotations.NullMarked;
