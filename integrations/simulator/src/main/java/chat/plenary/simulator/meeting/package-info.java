/**
 * A simulator of Tencent Meeting: its REST API, its webhooks, and a page that stands for its
 * client. Nothing here was compared with the service itself; the README of this module says what
 * its documents tell and what is guessed.
 */
@NullMarked
package chat.plenary.simulator.meeting;

import org.jspecify.annotations.NullMarked;
