package chat.plenary.node.demo;

import chat.plenary.messaging.account.Role;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file {@code assembly.yaml}: who there is, and what they say. */
record Script(
    String organisation,
    List<Unit> departments,
    List<Person> people,
    List<Bot> bots,
    List<Group> groups,
    List<Direct> direct) {

  record Unit(String id, String name, @Nullable String parent) {}

  record Person(String userid, String name, String role, List<String> departments) {
    Role asRole() {
      return Role.valueOf(role.toUpperCase(Locale.ROOT));
    }
  }

  record Bot(String userid, String name) {}

  /**
   * A group.
   *
   * @param hook the userid of the bot in whose name a hook posts here, or null
   * @param survey whether the bot of the survey invites here
   */
  record Group(
      String id,
      String name,
      String owner,
      List<String> members,
      @Nullable String hook,
      boolean survey,
      List<Line> messages) {}

  record Direct(List<String> between, List<Line> messages) {}

  /**
   * A message: text, markdown or a card, and what became of it.
   *
   * @param edited what it says after an edit, or null
   */
  record Line(
      String as,
      @Nullable String text,
      @Nullable String markdown,
      @Nullable Map<String, Object> card,
      @Nullable List<String> mentions,
      boolean all,
      @Nullable String edited,
      boolean recalled) {}

  /** The first of the people, who owns the organisation. */
  Person owner() {
    return people.get(0);
  }

  static Script read() {
    ObjectMapper yaml =
        new ObjectMapper(new YAMLFactory())
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    try (InputStream in = Script.class.getResourceAsStream("assembly.yaml")) {
      if (in == null) {
        throw new IllegalStateException("assembly.yaml is not on the class path");
      }
      return yaml.readValue(in, Script.class);
    } catch (IOException e) {
      throw new UncheckedIOException("assembly.yaml is not what it should be", e);
    }
  }
}
