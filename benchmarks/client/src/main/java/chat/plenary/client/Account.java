package chat.plenary.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** An account; {@code organisation} is told of one's own alone. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Account(
    String id,
    String userid,
    String name,
    @Nullable String role,
    boolean bot,
    boolean disabled,
    @Nullable Organisation organisation) {
  /** An organisation. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Organisation(String id, String name) {}
}
