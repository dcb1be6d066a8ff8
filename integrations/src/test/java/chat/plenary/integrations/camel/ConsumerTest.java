package chat.plenary.integrations.camel;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.VertxTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that begin with {@code plenary:}. */
class ConsumerTest {
  private final List<DefaultCamelContext> contexts = new ArrayList<>();
  private final List<String> kept = new CopyOnWriteArrayList<>();
  private final List<Exchange> taken = new CopyOnWriteArrayList<>();
  @TempDir Path directory;
  private Assembly assembly;
  private Following following;
  private Following other;
  private ConversationId group;

  @BeforeEach
  void open() throws Exception {
    assembly = Assembly.open(directory);
    following = following();
    // As another node has it: a consumer of its own, over the same store.
    other = following();
    assembly.start();
    group = assembly.group("deals");
  }

  private Following following() {
    return new Following(
        assembly.vertx,
        assembly.chat,
        assembly.store,
        new VertxTimers(assembly.vertx, Clock.systemUTC()),
        (exchange, failure) -> {
          kept.add(exchange.getExchangeId());
          return Future.succeededFuture();
        });
  }

  @AfterEach
  void close() throws Exception {
    for (DefaultCamelContext context : contexts) {
      context.stop();
    }
    await(following.settled());
    await(other.settled());
    assembly.close();
  }

  private DefaultCamelContext route(Following from, String more, Processor step) throws Exception {
    return route(from, assembly.bo, more, step);
  }

  private DefaultCamelContext route(Following from, Caller as, String more, Processor step)
      throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.addComponent("plenary", new PlenaryComponent(assembly.chat.messages(), from));
    String uri =
        String.format(
            "plenary:group/%s?as=%s&organisation=%s%s",
            group, as.account(), as.organisation(), more);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri).routeId("reader").process(step);
          }
        });
    camel.start();
    contexts.add(camel);
    return camel;
  }

  private Processor taking() {
    return exchange -> taken.add(exchange.copy());
  }

  private List<String> texts() {
    return taken.stream().map(one -> one.getMessage().getBody(String.class)).toList();
  }

  private void post(String... texts) throws Exception {
    for (String text : texts) {
      assembly.post(assembly.alice, group, "ref-" + text, text);
    }
  }

  private static PlenaryConsumer consumer(DefaultCamelContext camel) {
    return (PlenaryConsumer) camel.getRoute("reader").getConsumer();
  }

  @Test
  void whatIsPostedComesInOrderWithWhoSaidItAndNotOnAnEventLoop() throws Exception {
    AtomicBoolean onEventLoop = new AtomicBoolean();
    DefaultCamelContext camel =
        route(
            following,
            "&format=text",
            exchange -> {
              onEventLoop.compareAndSet(false, Context.isOnEventLoopThread());
              taken.add(exchange.copy());
            });
    until("its turn", () -> consumer(camel).holds());
    post("one", "two", "three");
    until("three", () -> taken.size() == 3);
    assertThat(texts()).containsExactly("one", "two", "three");
    Exchange first = taken.get(0);
    assertThat(first.getMessage().getHeader(PlenaryHeaders.SENDER_NAME)).isEqualTo("Alice");
    assertThat(first.getMessage().getHeader(PlenaryHeaders.SENDER))
        .isEqualTo(assembly.alice.account().value());
    assertThat(first.getMessage().getHeader(PlenaryHeaders.EVENT)).isEqualTo("message");
    assertThat(first.getMessage().getHeader(PlenaryHeaders.CONVERSATION)).isEqualTo(group.value());
    assertThat(onEventLoop).isFalse();
  }

  @Test
  void aBodyAsJsonIsTheEntryOfTheProtocol() throws Exception {
    route(following, "&fromBeginning=true&events=all", taking());
    post("one");
    until("both", () -> taken.size() == 2);
    assertThat(taken.get(0).getMessage().getHeader(PlenaryHeaders.EVENT)).isEqualTo("group");
    JsonObject entry = new JsonObject(texts().get(1));
    assertThat(entry.getString("kind")).isEqualTo("message.posted");
    assertThat(entry.getJsonObject("body").getString("text")).isEqualTo("one");
  }

  @Test
  void editsAndRecallsAreEventsAndARecalledMessageSaysNothingAnyMore() throws Exception {
    post("wrong", "secret");
    long wrong = seq("ref-wrong");
    long secret = seq("ref-secret");
    await(
        assembly
            .chat
            .messages()
            .edit(assembly.alice, group, new Ref("e"), wrong, MessageBody.text("right"), "p"));
    await(assembly.chat.messages().recall(assembly.alice, group, new Ref("r"), secret, "p"));
    route(following, "&fromBeginning=true&events=message,edit,recall&format=text", taking());
    until("the recall", () -> taken.size() == 3);
    assertThat(texts()).containsExactly("wrong", "right", "");
    assertThat(taken.get(1).getMessage().getHeader(PlenaryHeaders.OF)).isEqualTo(wrong);
    assertThat(taken.get(2).getMessage().getHeader(PlenaryHeaders.EVENT)).isEqualTo("recall");
    assertThat(taken.get(2).getMessage().getHeader(PlenaryHeaders.OF)).isEqualTo(secret);
  }

  private long seq(String ref) throws Exception {
    return assembly.history(assembly.alice, group).stream()
        .filter(one -> one.entry().ref().equals(ref))
        .findFirst()
        .orElseThrow()
        .entry()
        .seq();
  }

  @Test
  void whatTheBotItselfPostsDoesNotComeUnlessAskedFor() throws Exception {
    DefaultCamelContext camel = route(following, "&format=text", taking());
    until("its turn", () -> consumer(camel).holds());
    assembly.post(assembly.bo, group, "mine", "mine");
    post("hers");
    until("hers", () -> !taken.isEmpty());
    assertThat(texts()).containsExactly("hers");
  }

  @Test
  void afterARestartItGoesOnWhereItWas() throws Exception {
    DefaultCamelContext camel = route(following, "&format=text", taking());
    until("its turn", () -> consumer(camel).holds());
    post("one");
    until("one", () -> taken.size() == 1);
    camel.stop();
    await(following.settled());
    post("two", "three");
    route(other, "&format=text", taking());
    until("three", () -> taken.size() == 3);
    assertThat(texts()).containsExactly("one", "two", "three");
  }

  @Test
  void ofTwoConsumersOneReadsAndTheOtherGoesOnWhenTheFirstIsSilent() throws Exception {
    DefaultCamelContext first = route(following, "&format=text", taking());
    until("its turn", () -> consumer(first).holds());
    DefaultCamelContext second = route(other, "&format=text", taking());
    post("one", "two");
    until("two", () -> taken.size() == 2);
    until("the place to be kept", () -> consumer(first).settled() >= 3);
    assertThat(consumer(second).holds()).isFalse();
    first.stop();
    until("its turn", () -> consumer(second).holds());
    post("three");
    until("three", () -> taken.size() == 3);
    assertThat(texts()).containsExactly("one", "two", "three");
  }

  @Test
  void anExchangeKeepsItsIdentitySoThatARepetitionIsPostedOnce() throws Exception {
    ConversationId copy = assembly.group("copy");
    String to =
        String.format(
            "plenary:group/%s?as=%s&organisation=%s",
            copy, assembly.bo.account(), assembly.bo.organisation());
    AtomicBoolean stopped = new AtomicBoolean();
    CountDownLatch posted = new CountDownLatch(1);
    DefaultCamelContext camel =
        route(
            following,
            "&format=text",
            exchange -> {
              exchange.getContext().createProducerTemplate().send(to, exchange);
              posted.countDown();
              if (stopped.compareAndSet(false, true)) {
                // Posted, and then it all ends before anybody knows.
                throw new IllegalStateException("the end");
              }
            });
    until("its turn", () -> consumer(camel).holds());
    post("once");
    assertThat(posted.await(60, TimeUnit.SECONDS)).isTrue();
    until("it to be kept as failed", () -> kept.size() == 1);
    Exchange again = await(consumer(camel).again(seq("ref-once")));
    assertThat(again.getException()).isNull();
    assertThat(again.getExchangeId()).isEqualTo(kept.get(0));
    assertThat(
            assembly.history(assembly.alice, copy).stream()
                .filter(one -> one.entry().kind().equals("message.posted")))
        .hasSize(1);
  }

  @Test
  void whatFailsForGoodIsKeptAndTheGroupGoesOn() throws Exception {
    DefaultCamelContext camel =
        route(
            following,
            "&format=text",
            exchange -> {
              if (exchange.getMessage().getBody(String.class).equals("bad")) {
                throw new IllegalStateException("cannot");
              }
              taken.add(exchange.copy());
            });
    until("its turn", () -> consumer(camel).holds());
    post("good", "bad", "better");
    until("better", () -> taken.size() == 2);
    assertThat(texts()).containsExactly("good", "better");
    assertThat(kept).hasSize(1);
  }

  @Test
  void noMoreAreUnderWayThanAllowedAndTheyBeginInOrder() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<String> begun = new CopyOnWriteArrayList<>();
    DefaultCamelContext camel =
        route(
            following,
            "&format=text&inFlight=3",
            exchange -> {
              begun.add(exchange.getMessage().getBody(String.class));
              go.await();
              taken.add(exchange.copy());
            });
    until("its turn", () -> consumer(camel).holds());
    post("a", "b", "c", "d", "e");
    until("three", () -> begun.size() == 3);
    Thread.sleep(200);
    assertThat(begun).containsExactlyInAnyOrder("a", "b", "c");
    go.countDown();
    until("all", () -> taken.size() == 5);
    assertThat(texts()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
  }

  @Test
  void aBotThatIsNoMemberOrOfAnotherOrganisationSeesNothing() throws Exception {
    Caller eve =
        new Caller(
            await(assembly.chat.organisations().addBot(assembly.alice, "eve", "Eve")).id(),
            assembly.alice.organisation(),
            null,
            Role.MEMBER,
            true);
    OrganisationId elsewhere =
        await(
            assembly
                .chat
                .organisations()
                .create("Elsewhere", "mallory", "Mallory", "correct horse battery"));
    Caller disguised = new Caller(assembly.bo.account(), elsewhere, null, Role.MEMBER, true);
    DefaultCamelContext one = route(following, eve, "&fromBeginning=true&name=x", taking());
    DefaultCamelContext two = route(other, disguised, "&fromBeginning=true&name=y", taking());
    post("private");
    until(
        "both to say so", () -> consumer(one).problem() != null && consumer(two).problem() != null);
    assertThat(consumer(one).problem()).contains("no such conversation");
    assertThat(taken).isEmpty();
    assertThat(
            await(assembly.chat.organisations().accounts(assembly.alice, List.of(eve.account()))))
        .hasSize(1);
  }

  @Test
  void itComesToAnEndWithABotThatWasRemovedAndGoesOnWhenItIsBack() throws Exception {
    DefaultCamelContext camel = route(following, "&format=text", taking());
    until("its turn", () -> consumer(camel).holds());
    members(List.of(), List.of(assembly.bo.account()), "out");
    post("unseen");
    until("it to say so", () -> consumer(camel).problem() != null);
    members(List.of(assembly.bo.account()), List.of(), "in");
    post("seen");
    until("seen", () -> texts().contains("seen"));
  }

  private void members(List<AccountId> add, List<AccountId> remove, String ref) throws Exception {
    Outcome outcome =
        await(
                assembly
                    .chat
                    .conversations()
                    .changeMembers(assembly.alice, group, add, remove, new Ref(ref)))
            .outcome();
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aRouteWithoutAnIdAndWrongOptionsAreRefused() {
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.addComponent("plenary", new PlenaryComponent(assembly.chat.messages(), following));
    String uri =
        String.format(
            "plenary:group/%s?as=%s&organisation=%s",
            group, assembly.bo.account(), assembly.bo.organisation());
    contexts.add(camel);
    assertThatThrownBy(
            () -> {
              camel.addRoutes(
                  new RouteBuilder() {
                    @Override
                    public void configure() {
                      from(uri).process(taking());
                    }
                  });
              camel.start();
            })
        .hasStackTraceContaining("needs an id, or the option 'name'");
    DefaultCamelContext fresh = new DefaultCamelContext();
    fresh.addComponent("plenary", new PlenaryComponent(assembly.chat.messages(), following));
    fresh.start();
    contexts.add(fresh);
    assertThatThrownBy(() -> fresh.getEndpoint(uri + "&events=message,shout"))
        .hasStackTraceContaining("events must be all, or some of");
  }
}
