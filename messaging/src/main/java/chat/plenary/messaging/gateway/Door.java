package chat.plenary.messaging.gateway;

import chat.plenary.messaging.account.Callers;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What every request passes.
 *
 * @param callers tells who holds a token
 * @param fresh whether this node has caught up with the others
 * @param closing whether this node is about to stop
 * @param origins from which pages cookies are taken
 * @param proxies who is believed about where requests come from
 * @param rates how much each account may change
 * @param answers writes answers
 * @param failures tells what went wrong
 * @param maxBody bytes of a body
 * @param timeout after what time a request is answered that its endpoint does not answer
 */
record Door(
    Callers callers,
    BooleanSupplier fresh,
    BooleanSupplier closing,
    Origins origins,
    Proxies proxies,
    Rates rates,
    Answers answers,
    Failures failures,
    int maxBody,
    Duration timeout) {
  boolean isFresh() {
    return fresh.getAsBoolean();
  }

  boolean isClosing() {
    return closing.getAsBoolean();
  }
}
