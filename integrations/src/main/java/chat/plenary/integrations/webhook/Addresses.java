package chat.plenary.integrations.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Where routes may call. Names are resolved here, and what is called is the address that was looked
 * at: a name that changes its address meanwhile gets nowhere else. Addresses of this machine and of
 * inner networks (loopback, link-local, private, shared, multicast) are refused unless the host is
 * named as allowed.
 */
public final class Addresses {
  private final List<String> allowed;

  /**
   * Addresses.
   *
   * @param allowed hosts that may be called wherever they are: {@code crm.example.org}, {@code
   *     10.1.2.3}, {@code *.example.org}, or {@code *} for all
   */
  public Addresses(Collection<String> allowed) {
    this.allowed = allowed.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * The addresses of a host. It may take time: not for event loops.
   *
   * @throws UnknownHostException where there are none, or where they may not be called; it names
   *     the host
   */
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    if (!isAllowed(host)) {
      for (InetAddress address : all) {
        if (isInside(address)) {
          throw new UnknownHostException(
              host + " is in an inner network, which routes may not call");
        }
      }
    }
    return all;
  }

  private boolean isAllowed(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    for (String one : allowed) {
      if (one.equals("*")
          || one.equals(name)
          || (one.startsWith("*.") && name.endsWith(one.substring(1)))) {
        return true;
      }
    }
    return false;
  }

  static boolean isInside(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    boolean none = bytes.length == 4 && bytes[0] == 0;
    // fc00::/7, and the addresses of IPv4 in those of IPv6 (64:ff9b::/96, 2002::/16).
    boolean unique = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
    boolean mapped =
        address instanceof Inet6Address six
            && ((bytes[0] == 0x20 && bytes[1] == 0x02)
                || (bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xff)
                || six.isIPv4CompatibleAddress());
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || shared
        || none
        || unique
        || mapped;
  }
}
