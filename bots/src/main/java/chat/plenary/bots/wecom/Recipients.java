package chat.plenary.bots.wecom;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.organisation.OrganisationState;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom a message is for. There are no departments and tags by that interface's numbers yet: all of
 * them are told to be invalid.
 *
 * @param members those who are there
 * @param users userids of nobody, in lower case
 */
record Recipients(
    List<Account> members, List<String> users, List<String> parties, List<String> tags) {
  /** Userids that one message names, at the most. */
  static final int MAX_USERS = 1_000;

  /** Members whom {@code @all} reaches, at the most: each is written to before the answer. */
  static final int MAX_ALL = 2_000;

  private static final int MAX_PARTIES = 100;
  private static final String ALL = "@all";

  static Recipients of(Fields message, OrganisationState organisation) {
    String touser = message.textOrEmpty("touser").strip();
    if (touser.equalsIgnoreCase(ALL)) {
      return all(organisation);
    }
    List<String> userids = parted(touser);
    final List<String> parties = parted(message.textOrEmpty("toparty"));
    final List<String> tags = parted(message.textOrEmpty("totag"));
    if (userids.isEmpty() && parties.isEmpty() && tags.isEmpty()) {
      throw Refusal.of(Errcode.EMPTY, "touser, toparty and totag");
    }
    if (userids.size() > MAX_USERS) {
      throw Refusal.of(Errcode.USERIDS_TOO_MANY);
    }
    if (parties.size() > MAX_PARTIES) {
      throw Refusal.of(Errcode.TOO_MANY_PARTIES);
    }
    if (tags.size() > MAX_PARTIES) {
      throw Refusal.of(Errcode.TOO_MANY_TAGS);
    }
    Map<String, Account> members = new LinkedHashMap<>();
    List<String> nobody = new ArrayList<>();
    for (String userid : userids) {
      Account account = organisation.byUserid(userid);
      if (account == null || account.bot() || account.disabled()) {
        nobody.add(Account.folded(userid));
      } else {
        members.put(account.id().value(), account);
      }
    }
    return new Recipients(
        List.copyOf(members.values()), nobody.stream().distinct().toList(), parties, tags);
  }

  private static Recipients all(OrganisationState organisation) {
    List<Account> people =
        organisation.byUserid().stream().filter(one -> !one.bot() && !one.disabled()).toList();
    if (people.size() > MAX_ALL) {
      throw Refusal.of(
          Errcode.USERIDS_TOO_MANY, "@all reaches at most " + MAX_ALL + " members here");
    }
    return new Recipients(people, List.of(), List.of(), List.of());
  }

  /** Whom the answer tells to be invalid, those of {@code more} among them. */
  JsonObject invalid(List<String> more) {
    List<String> nobody = new ArrayList<>(users);
    nobody.addAll(more);
    return new JsonObject()
        .put("invaliduser", String.join("|", nobody))
        .put("invalidparty", String.join("|", parties))
        .put("invalidtag", String.join("|", tags))
        .put("unlicenseduser", "");
  }

  private static List<String> parted(String joined) {
    return Arrays.stream(joined.split("\\|", -1))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .toList();
  }
}
