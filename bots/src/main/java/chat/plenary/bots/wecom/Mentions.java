package chat.plenary.bots.wecom;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.id.AccountId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whom one message mentions. */
final class Mentions {
  private static final Pattern IN_TEXT = Pattern.compile("<@([^<>\\s]{1,64})>");
  private static final String ALL = "@all";

  private final Function<String, @Nullable Account> members;
  private final Map<AccountId, String> names = new LinkedHashMap<>();
  private boolean all;

  /**
   * Nobody yet.
   *
   * @param members finds who may be mentioned by a userid
   */
  Mentions(Function<String, @Nullable Account> members) {
    this.members = members;
  }

  List<AccountId> accounts() {
    return List.copyOf(names.keySet());
  }

  boolean all() {
    return all;
  }

  /** Takes {@code <@userid>} out of a text, and puts names in its place. */
  String inText(String text) {
    return IN_TEXT
        .matcher(text)
        .replaceAll(
            found -> {
              String userid = found.group(1);
              String name = userid.equals("all") ? everybody() : name(userid);
              return java.util.regex.Matcher.quoteReplacement("@" + (name == null ? userid : name));
            });
  }

  /** Whoever is in a list, behind a text that does not name them yet. */
  String behind(String text, List<String> userids) {
    StringBuilder out = new StringBuilder(text);
    for (String userid : userids) {
      String name = userid.equals(ALL) ? everybody() : name(userid);
      if (name != null && out.indexOf("@" + name) < 0) {
        out.append(out.length() == 0 ? "@" : " @").append(name);
      }
    }
    return out.toString();
  }

  private String everybody() {
    all = true;
    return "all";
  }

  /** The name of a member, who is mentioned now; null where there is none, or too many are. */
  private @Nullable String name(String userid) {
    Account account = members.apply(userid);
    if (account == null
        || (!names.containsKey(account.id()) && names.size() >= MessageBody.MAX_MENTIONS)) {
      return null;
    }
    names.put(account.id(), account.name());
    return account.name();
  }
}
