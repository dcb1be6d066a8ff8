package chat.plenary.messaging.gateway;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whom to believe about where a request comes from: {@code X-Forwarded-For} and {@code
 * X-Forwarded-Proto} count only as far as they were written by proxies that the operator trusts.
 */
final class Proxies {
  private static final int MAX_HOPS = 32;

  private final List<Network> trusted = new ArrayList<>();

  /** The addresses that begin with certain bits. */
  private static final class Network {
    private final byte[] address;
    private final int bits;

    Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    boolean holds(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit & 7);
        if (((other[bit >> 3] ^ address[bit >> 3]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Trusts some.
   *
   * @param networks addresses, or networks such as {@code 10.0.0.0/8}
   * @throws IllegalArgumentException naming one that is neither
   */
  Proxies(List<String> networks) {
    networks.forEach(network -> trusted.add(network(network)));
  }

  /** The address that a request came from, without a port. */
  String remoteAddress(HttpServerRequest request) {
    var socket = request.connection().remoteAddress();
    String peer = socket == null ? null : socket.hostAddress();
    if (peer == null) {
      return "unknown";
    }
    String client = peer;
    List<String> hops = request.headers().getAll("x-forwarded-for");
    List<String> chain = new ArrayList<>();
    hops.forEach(line -> chain.addAll(List.of(line.split(",", MAX_HOPS))));
    // Each proxy adds whom it heard from at the end: read backwards, as long as those are trusted.
    for (int i = chain.size() - 1; i >= 0 && isTrusted(client); i--) {
      String said = chain.get(i).strip();
      byte[] address = bytes(said);
      if (address == null) {
        break;
      }
      client = NetUtil.bytesToIpAddress(address);
    }
    return client;
  }

  /** Whether a request came by TLS, to this node or to a trusted proxy. */
  boolean isSecure(HttpServerRequest request) {
    if (request.isSSL()) {
      return true;
    }
    String protocol = request.getHeader("x-forwarded-proto");
    var socket = request.connection().remoteAddress();
    String peer = socket == null ? null : socket.hostAddress();
    return protocol != null
        && peer != null
        && isTrusted(peer)
        && protocol.strip().toLowerCase(Locale.ROOT).equals("https");
  }

  private boolean isTrusted(String address) {
    byte[] bytes = bytes(address);
    return bytes != null && trusted.stream().anyMatch(network -> network.holds(bytes));
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException("not an address or a network: " + text);
    }
    int bits = slash < 0 ? address.length * 8 : bits(text.substring(slash + 1));
    if (bits < 0 || bits > address.length * 8) {
      throw new IllegalArgumentException("not an address or a network: " + text);
    }
    return new Network(address, bits);
  }

  private static int bits(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }

  /** The bytes of a literal address, an IPv4 one that is mapped into IPv6 as IPv4; or null. */
  private static byte @Nullable [] bytes(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null || bytes.length != 16) {
      return bytes;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return bytes;
      }
    }
    boolean mapped = bytes[10] == -1 && bytes[11] == -1;
    return mapped ? new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]} : bytes;
  }
}
