package chat.plenary.integrations.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * Camel's components {@code http:} and {@code https:} for operators' routes: bounded, timed out,
 * not redirected, and only where {@link Addresses} lets them go, whatever a header says of the
 * address.
 */
public final class OutgoingHttp {
  private static final int CONNECTIONS = 64;
  private static final int CONNECTIONS_A_HOST = 8;
  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 15;

  private OutgoingHttp() {}

  /** A component of its own pool. */
  public static HttpComponent component(Addresses addresses) {
    HttpComponent http = new HttpComponent();
    http.setClientConnectionManager(
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new Resolver(addresses))
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS_A_HOST)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.ofSeconds(CONNECT_SECONDS))
                    .setSocketTimeout(Timeout.ofSeconds(ANSWER_SECONDS))
                    .build())
            .build());
    http.setConnectionRequestTimeout(ANSWER_SECONDS * 1_000L);
    http.setResponseTimeout(ANSWER_SECONDS * 1_000L);
    http.setFollowRedirects(false);
    return http;
  }

  private record Resolver(Addresses addresses) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return addresses.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
