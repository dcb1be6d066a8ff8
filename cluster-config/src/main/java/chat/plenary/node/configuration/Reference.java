package chat.plenary.node.configuration;

import chat.plenary.node.configuration.Catalogue.Item;

/** The documentation of the configuration, made from the configuration. */
public final class Reference {
  private Reference() {}

  /** The page {@code docs/configuration.md}. */
  public static String page() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    String branch = "";
    for (Item item : Catalogue.items()) {
      int dot = item.key().indexOf('.');
      String now = dot < 0 ? "" : item.key().substring(0, dot);
      if (!now.equals(branch)) {
        branch = now;
        page.append("\n## ").append(branch).append('\n').append(HEADING);
      }
      page.append(row(item));
    }
    return page.toString();
  }

  /** The options of the command line, one a line, for {@code plenary help}. */
  public static String options() {
    StringBuilder lines = new StringBuilder();
    for (Item item : Catalogue.items()) {
      String name = item.option() + (item.type() == boolean.class ? "" : " VALUE");
      String otherwise = item.setting().otherwise();
      lines
          .append(String.format("  %-34s ", name))
          .append(firstSentence(item.setting().value()))
          .append(otherwise.isEmpty() ? "" : " [" + otherwise + "]")
          .append('\n');
    }
    return lines.toString();
  }

  private static String row(Item item) {
    Setting setting = item.setting();
    String otherwise = setting.otherwise().isEmpty() ? "" : "`" + setting.otherwise() + "`";
    return "| `%s` | %s%s | %s | %s | `%s` |%n"
        .formatted(
            item.key(),
            setting.value(),
            setting.secret() ? " Never shown." : "",
            Values.describe(item.type(), setting),
            otherwise,
            item.variable())
        .replace(System.lineSeparator(), "\n");
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return (end < 0 ? text : text.substring(0, end + 1)).replace("`", "");
  }

  private static final String HEADING =
      """

      | key | what it is | value | unless given | variable |
      |---|---|---|---|---|
      """;

  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Made from the records of chat.plenary.node.configuration; a test fails when this page is stale. -->

      A node runs without any configuration. What is given counts in this order: an option of the command line, a variable of the
      environment, the file named by `--config FILE` (or `PLENARY_CONFIG`), what is built in.

      The file is YAML (JSON is YAML too), a key a line, nested at the dots:

      ```yaml
      port: 8443
      publicUrl: https://chat.example.org:8443
      tls:
        certificate: /etc/plenary/chat.pem
        key: /etc/plenary/chat.key
      ```

      The variable of each setting stands in the tables; its option is the key with dashes (`cluster.port` is `--cluster-port 5701`; `demo` is just
      `--demo`). Lists are separated by commas in variables and options. Times and sizes have a unit: `500 ms`, `60 s`, `10 min`, `24 h`, `30 d`; `64 KiB`, `128 MiB`. Paths are
      relative to the folder in which the command was given.

      A key that does not exist or a value that cannot be is an error that names it, and the node does not start. `./plenary check-config` shows what holds
      and where each value comes from, without secrets.

      `PLENARY_JAVA_OPTIONS` gives options to the Java machine itself, such as `-Xmx2g`.

      ## The node

      | key | what it is | value | unless given | variable |
      |---|---|---|---|---|
      """;
}
