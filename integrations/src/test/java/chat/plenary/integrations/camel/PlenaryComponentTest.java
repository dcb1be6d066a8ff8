package chat.plenary.integrations.camel;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.message.EntryView;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component as the author of a route uses it. */
class PlenaryComponentTest {
  @TempDir Path directory;
  private Assembly assembly;
  private DefaultCamelContext camel;
  private ProducerTemplate template;
  private ConversationId group;

  @BeforeEach
  void open() throws Exception {
    assembly = Assembly.open(directory).start();
    group = assembly.group("alerts");
    camel = new DefaultCamelContext();
    camel.addComponent("plenary", new PlenaryComponent(assembly.chat.messages()));
    camel.start();
    template = camel.createProducerTemplate();
  }

  @AfterEach
  void close() throws Exception {
    camel.stop();
    assembly.close();
  }

  private String endpoint(Caller as, String more) {
    return String.format(
        "plenary:group/%s?as=%s&organisation=%s%s", group, as.account(), as.organisation(), more);
  }

  private Exchange send(String endpoint, Object body, Map<String, Object> headers) {
    return template.send(
        endpoint,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
  }

  private List<String> texts() throws Exception {
    List<String> texts = new ArrayList<>();
    for (EntryView entry : assembly.history(assembly.alice, group)) {
      if (entry.entry().kind().equals("message.posted")) {
        texts.add(entry.body().getString("text").getValue());
      }
    }
    return texts;
  }

  @Test
  void anExchangeIsAMessageAndItsRedeliveryTheSameOne() throws Exception {
    String to = endpoint(assembly.bo, "");
    Exchange first = send(to, "The reactor is fine.", Map.of(PlenaryHeaders.REF, "report-1"));
    Exchange again = send(to, "The reactor is fine.", Map.of(PlenaryHeaders.REF, "report-1"));
    assertThat(first.getException()).isNull();
    assertThat(again.getMessage().getHeader(PlenaryHeaders.SEQ))
        .isEqualTo(first.getMessage().getHeader(PlenaryHeaders.SEQ))
        .isNotNull();
    assertThat(texts()).containsExactly("The reactor is fine.");
  }

  @Test
  void withoutARefTheExchangesIdNamesTheMessage() throws Exception {
    String to = endpoint(assembly.bo, "");
    Exchange exchange = camel.getEndpoint(to).createExchange();
    exchange.getMessage().setBody("once");
    template.send(to, exchange);
    exchange.getMessage().setBody("once");
    template.send(to, exchange);
    assertThat(exchange.getException()).isNull();
    assertThat(texts()).containsExactly("once");
  }

  @Test
  void theSameRefWithAnotherBodyIsAConflict() {
    String to = endpoint(assembly.bo, "");
    send(to, "one", Map.of(PlenaryHeaders.REF, "r"));
    Exchange other = send(to, "two", Map.of(PlenaryHeaders.REF, "r"));
    assertThat(((Fault) other.getException()).code()).isEqualTo(Fault.Code.CONFLICT);
  }

  @Test
  void aTargetIsReplacedInPlace() throws Exception {
    String to = endpoint(assembly.bo, "");
    Object seq = send(to, "rising", Map.of()).getMessage().getHeader(PlenaryHeaders.SEQ);
    send(to, "falling", Map.of(PlenaryHeaders.TARGET, seq));
    assertThat(texts()).containsExactly("falling");
  }

  @Test
  void aBodyAsJsonIsAMessageBodyAndAWrongOneNamesItsMember() throws Exception {
    String to = endpoint(assembly.bo, "");
    JsonObject markdown = new JsonObject().put("type", "markdown").put("text", "**hot**");
    assertThat(send(to, markdown, Map.of()).getException()).isNull();
    assertThat(texts()).containsExactly("**hot**");
    Exchange wrong = send(to, new JsonObject().put("type", "shout"), Map.of());
    assertThat(((Fault) wrong.getException()).field()).isEqualTo("body.type");
    Exchange badRef = send(to, "x", Map.of(PlenaryHeaders.REF, "r".repeat(65)));
    assertThat(((Fault) badRef.getException()).field()).isEqualTo(PlenaryHeaders.REF);
  }

  @Test
  void whoIsNoMemberIsToldThatThereIsNoSuchConversation() throws Exception {
    Caller stranger =
        new Caller(
            await(assembly.chat.organisations().addBot(assembly.alice, "eve", "Eve")).id(),
            assembly.alice.organisation(),
            null,
            chat.plenary.messaging.account.Role.MEMBER,
            true);
    Exchange refused = send(endpoint(stranger, ""), "hello", Map.of());
    assertThat(((Fault) refused.getException()).code()).isEqualTo(Fault.Code.NOT_FOUND);
  }

  @Test
  void whatIsBeyondThePlacesAndTheQueueIsRejectedAndTheRestIsPosted() throws Exception {
    String to = endpoint(assembly.bo, "&inFlight=2&waiting=3");
    List<CompletableFuture<Exchange>> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String text = "burst " + i;
      sent.add(template.asyncSend(to, exchange -> exchange.getMessage().setBody(text)));
    }
    int rejected = 0;
    for (CompletableFuture<Exchange> one : sent) {
      Exception failure = one.get(60, TimeUnit.SECONDS).getException();
      if (failure != null) {
        assertThat(failure).isInstanceOf(RejectedExecutionException.class);
        rejected++;
      }
    }
    assertThat(texts()).hasSize(40 - rejected).doesNotHaveDuplicates();
  }

  @Test
  void wrongEndpointsAreRefusedWhenTheyAreMade() {
    assertThatThrownBy(() -> camel.getEndpoint("plenary:room/1?as=a&organisation=o"))
        .hasStackTraceContaining("plenary:group/ID");
    assertThatThrownBy(() -> camel.getEndpoint(endpoint(assembly.bo, "&inFlight=0")))
        .hasStackTraceContaining("inFlight must be 1 to 1000");
    assertThatThrownBy(() -> camel.getEndpoint("plenary:group/" + group))
        .hasStackTraceContaining("'as' and 'organisation'");
  }

  @Test
  void afterAPostTheRouteGoesOnOnAThreadThatMayWait() throws Exception {
    CompletableFuture<Boolean> onEventLoop = new CompletableFuture<>();
    String to = endpoint(assembly.bo, "");
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:post")
                .to(to)
                .process(exchange -> onEventLoop.complete(Context.isOnEventLoopThread()));
          }
        });
    Future<Object> sent =
        Future.future(
            promise ->
                assembly.vertx.runOnContext(
                    v ->
                        template
                            .asyncRequestBody("direct:post", "hello")
                            .whenComplete((done, failure) -> promise.complete(done))));
    await(sent);
    assertThat(onEventLoop.get(60, TimeUnit.SECONDS)).isFalse();
  }
}
