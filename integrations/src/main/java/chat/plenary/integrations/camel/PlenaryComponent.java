package chat.plenary.integrations.camel;

import chat.plenary.messaging.message.Messages;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The component {@code plenary:}. An endpoint is {@code
 * plenary:group/ID?as=ACCOUNT&organisation=ID}; see {@link PlenaryEndpoint} for its options.
 */
public final class PlenaryComponent extends DefaultComponent {
  private final Messages messages;

  /** A component that posts by way of {@code messages}; to be added to the context by name. */
  public PlenaryComponent(Messages messages) {
    this.messages = messages;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    PlenaryEndpoint endpoint = new PlenaryEndpoint(uri, this, messages, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
