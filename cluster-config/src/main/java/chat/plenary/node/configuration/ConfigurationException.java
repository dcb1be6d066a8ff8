package chat.plenary.node.configuration;

import java.util.List;

/** What is wrong with a configuration: each problem names its setting and where it was given. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence a problem; at least one. */
  public List<String> problems() {
    return problems;
  }
}
