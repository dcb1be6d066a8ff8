package chat.plenary.bots.survey;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.GroupRole;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The bot of a survey, and what an administrator puts into groups by it. */
final class Invitations {
  private final Chat chat;
  private final Runs runs;
  private final Phrases phrases;

  Invitations(Chat chat, Runs runs, Phrases phrases) {
    this.chat = chat;
    this.runs = runs;
    this.phrases = phrases;
  }

  /** The run of the caller's organisation, begun and given its bot where it has none yet. */
  Future<Runs.Entry> run(Caller admin, Definition survey) {
    Run run = new Run(admin.organisation(), survey.id());
    return runs.find(run)
        .compose(
            known ->
                known != null
                    ? Future.succeededFuture(known)
                    : bot(admin, survey).compose(bot -> runs.begin(run, bot)));
  }

  /** The bot is found by its userid, so that making it can be repeated. */
  private Future<AccountId> bot(Caller admin, Definition survey) {
    return chat.organisations()
        .addBot(admin, survey.botUserid(), survey.botName())
        .map(made -> made.id())
        .recover(
            refused ->
                refused instanceof Fault fault && fault.code() == Fault.Code.CONFLICT
                    ? taken(admin, survey)
                    : Future.failedFuture(refused));
  }

  private Future<AccountId> taken(Caller admin, Definition survey) {
    return chat.organisations()
        .of(admin)
        .map(
            state -> {
              Account account = state.byUserid(survey.botUserid());
              if (account == null || !account.bot()) {
                throw Fault.of(
                    Fault.Code.CONFLICT,
                    "The userid " + survey.botUserid() + " is needed for the bot, and taken.");
              }
              return account.id();
            });
  }

  /** A card that was put into a group. */
  record Invited(ConversationId group, long seq) {}

  /** Judges all groups first, so that what is refused is refused as a whole. */
  Future<List<Invited>> push(
      Caller admin, Runs.Entry entry, Definition survey, Ref ref, List<ConversationId> groups) {
    Future<List<ConversationId>> without = Future.succeededFuture(new ArrayList<>());
    for (int i = 0; i < groups.size(); i++) {
      ConversationId group = groups.get(i);
      String field = "groups[" + i + "]";
      without =
          without.compose(
              found ->
                  lacks(admin, entry, survey, group, field)
                      .map(
                          lacks -> {
                            if (lacks) {
                              found.add(group);
                            }
                            return found;
                          }));
    }
    return without
        .compose(found -> addTo(admin, entry, found))
        .compose(v -> post(admin, entry, survey, ref, groups));
  }

  /** Whether the bot is to be added to a group first. */
  private Future<Boolean> lacks(
      Caller admin, Runs.Entry entry, Definition survey, ConversationId group, String field) {
    if (!group.isGroup()) {
      throw Fault.invalid(field, "This is not a group.");
    }
    return chat.access()
        .view(admin, group)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND
                        ? Fault.of(Fault.Code.NOT_FOUND, field, "There is no such group.")
                        : failure))
        .map(
            (Access.View view) -> {
              if (view.state().isMember(entry.bot())) {
                return false;
              }
              if (view.member().role() == GroupRole.MEMBER) {
                throw Fault.of(
                    Fault.Code.FORBIDDEN,
                    field,
                    "The bot @"
                        + survey.botUserid()
                        + " is not in this group, and only who administers the group may add it.");
              }
              return true;
            });
  }

  private Future<Void> addTo(Caller admin, Runs.Entry entry, List<ConversationId> groups) {
    Future<Void> done = Future.succeededFuture();
    for (ConversationId group : groups) {
      done =
          done.compose(
              v ->
                  chat.conversations()
                      .changeMembers(
                          admin,
                          group,
                          List.of(entry.bot()),
                          List.of(),
                          // Drawn anew: a bot that was removed since is to be added again.
                          new Ref("survey-" + UUID.randomUUID()))
                      .map(
                          changed -> {
                            Outcomes.check(changed.outcome());
                            return null;
                          }));
    }
    return done;
  }

  private Future<List<Invited>> post(
      Caller admin, Runs.Entry entry, Definition survey, Ref ref, List<ConversationId> groups) {
    MessageBody card =
        new MessageBody.Card(
            survey.invitationTitle().in("en"), new SurveyCards(survey, phrases).invitation("en"));
    // The bot's ref comes of the administrator's: the same push again is the same card.
    Ref own =
        new Ref(
            "push-"
                + Cipher.keyed(
                    admin.account().value().getBytes(StandardCharsets.UTF_8), ref.value()));
    Future<List<Invited>> done = Future.succeededFuture(new ArrayList<>());
    for (ConversationId group : groups) {
      done =
          done.compose(
              invited ->
                  chat.messages()
                      .post(entry.caller(), group, own, card, UUID.randomUUID().toString())
                      .compose(
                          outcome -> {
                            invited.add(new Invited(group, Outcomes.check(outcome)));
                            return runs.invited(entry.run(), group).map(v -> invited);
                          }));
    }
    return done;
  }

  /** How many people are in the groups that were invited. */
  Future<Integer> people(Caller admin, Run run) {
    return chat.organisations()
        .of(admin)
        .compose(
            organisation ->
                runs.groups(run)
                    .compose(
                        groups -> {
                          Future<Set<AccountId>> all = Future.succeededFuture(new HashSet<>());
                          for (ConversationId group : groups) {
                            all = all.compose(found -> with(found, group));
                          }
                          return all;
                        })
                    .map(
                        found ->
                            (int)
                                found.stream()
                                    .map(organisation::account)
                                    .filter(one -> one != null && !one.bot() && !one.disabled())
                                    .count()));
  }

  private Future<Set<AccountId>> with(Set<AccountId> found, ConversationId group) {
    return chat.log()
        .state(group)
        .map(
            state -> {
              ((ConversationState) state)
                  .members()
                  .forEach(
                      (account, member) -> {
                        if (member.current()) {
                          found.add(account);
                        }
                      });
              return found;
            });
  }

  static void check(Caller caller) {
    if (caller.role() == Role.MEMBER) {
      throw Fault.of(Fault.Code.FORBIDDEN, "Only owners and administrators do this.");
    }
  }
}
