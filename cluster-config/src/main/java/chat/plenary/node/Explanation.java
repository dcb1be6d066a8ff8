package chat.plenary.node;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.node.configuration.Configuration;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Says in one paragraph why a node did not start, and what to do about it. */
final class Explanation {
  private Explanation() {}

  /**
   * Explains a failure.
   *
   * @param what what was being opened
   */
  static Failure of(String what, Throwable failure, Configuration configuration) {
    if (failure instanceof Failure known) {
      return known;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = explained(cause, configuration);
      if (text != null) {
        return Failure.of(text);
      }
    }
    if (failure instanceof TimeoutException) {
      return Failure.of("The " + what + " did not open in time.");
    }
    return Failure.of(
        "The "
            + what
            + " could not be opened: "
            + clean(failure.toString(), configuration)
            + ". With --logging-level debug the log says more.");
  }

  private static @org.jspecify.annotations.Nullable String explained(
      Throwable cause, Configuration configuration) {
    String place = configuration.host() + " port " + configuration.port();
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof StoreException store) {
      return sentence(clean(store.getMessage() == null ? "" : message, configuration))
          + advice(store, configuration);
    }
    if (cause instanceof Fault fault) {
      return sentence(String.valueOf(fault.getMessage()));
    }
    if (cause instanceof BindException || message.contains("Address already in use")) {
      if (message.toLowerCase(Locale.ROOT).contains("permission denied")) {
        return "This user may not listen on "
            + place
            + ": ports below 1024 need a right of their own. Give another port (--port).";
      }
      if (message.toLowerCase(Locale.ROOT).contains("cannot assign")) {
        return configuration.host()
            + " is no address of this machine: give one that is (--host), or 0.0.0.0 for all.";
      }
      return "Something listens on "
          + place
          + " already, another node perhaps: stop it, or give another port (--port).";
    }
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return "There is no host "
          + configuration.host()
          + " here: give an address of this machine (--host).";
    }
    if (cause instanceof SocketException && message.contains("ermission denied")) {
      return "This user may not listen on " + place + ": give another port (--port).";
    }
    if (cause instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be read or written by this user.";
    }
    return null;
  }

  private static String advice(StoreException failure, Configuration configuration) {
    if (configuration.mongodbUri() != null) {
      return " (The store is the one that mongodbUri names.)";
    }
    return failure.kind() == StoreException.Kind.REFUSED
        ? " Stop the other one, or give this node a folder of its own (--data)."
        : "";
  }

  private static String sentence(String text) {
    String first =
        text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    return first.endsWith(".") ? first : first + ".";
  }

  /** The store's URI may hold a password; drivers like to show it. */
  private static String clean(String text, Configuration configuration) {
    String uri = configuration.mongodbUri();
    String shown = uri == null ? text : text.replace(uri, "(mongodbUri)");
    return shown.replaceAll("://[^/@\\s]*@", "://(hidden)@").replaceAll("\\s+", " ");
  }
}
