package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.account.Limits;
import chat.plenary.messaging.http.Pages;
import chat.plenary.messaging.http.Route;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator may do, and others may not. */
class OperatorRoutesTest {
  private static final String PATH = "/api/v1/organisations";
  private static final String SECRET = "operator-secret-of-32-characters-or-more";

  @TempDir Path directory;
  private Served served;
  private String configured = SECRET;

  @BeforeEach
  void open() throws Exception {
    // The endpoint is made when it is asked: the chat that it is over does not exist before.
    Route route =
        new Route(
            io.vertx.core.http.HttpMethod.POST,
            PATH,
            Route.Access.PUBLIC,
            "Makes an organisation.",
            new JsonObject().put("type", "object"),
            null,
            request ->
                new OperatorRoutes(served.chat.accounts(), served.chat.organisations(), configured)
                    .routes()
                    .get(0)
                    .handler()
                    .apply(request));
    served = new Served(directory, List.of(route), Pages.none(), Served.options());
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  @Test
  void theOperatorMakesAnotherOrganisationWhoseOwnerSignsIn() throws Exception {
    Served.Answer made = served.post(SECRET, PATH, body("Council"));
    assertThat(made.status()).isEqualTo(201);
    JsonObject organisation = made.json().getJsonObject("organisation");
    assertThat(organisation.getString("name")).isEqualTo("Council");
    JsonObject olga = served.signIn("Council", "olga").getJsonObject("account");
    assertThat(olga.getString("role")).isEqualTo("owner");
    assertThat(olga.getJsonObject("organisation")).isEqualTo(organisation);
    assertThat(served.post(SECRET, PATH, body("council")).status()).isEqualTo(409);
    assertThat(served.post(SECRET, PATH, body("Assembly")).status()).isEqualTo(409);
  }

  @Test
  void whoeverIsNotTheOperatorMakesNone() throws Exception {
    for (String wrong :
        new String[] {null, "", SECRET + "x", SECRET.substring(1), served.token("alice")}) {
      assertThat(served.post(wrong, PATH, body("Council")).problem())
          .as(String.valueOf(wrong))
          .startsWith("401 unauthenticated");
    }
    configured = null;
    assertThat(served.post(SECRET, PATH, body("Council")).problem()).startsWith("404 not-found");
    assertThat(served.post(null, PATH, new JsonObject()).problem()).startsWith("404 not-found");
    configured = SECRET;
    assertThat(served.post(SECRET, PATH, body("Council")).status()).isEqualTo(201);
  }

  @Test
  void guessingIsLimitedByAddress() throws Exception {
    for (int i = 0; i < Limits.DEFAULTS.addressAttempts(); i++) {
      assertThat(served.post("guess-" + i, PATH, body("Council")).status()).isEqualTo(401);
    }
    assertThat(served.post("guess", PATH, body("Council")).problem()).startsWith("429 too-many");
    assertThat(served.post(SECRET, PATH, body("Council")).problem()).startsWith("429 too-many");
    served.clock.pass(Limits.DEFAULTS.addressRefill());
    assertThat(served.post(SECRET, PATH, body("Council")).status()).isEqualTo(201);
  }

  @Test
  void whatIsWrongIsNamed() throws Exception {
    assertThat(served.post(SECRET, PATH, new JsonObject()).problem())
        .isEqualTo("400 invalid organisation");
    assertThat(served.post(SECRET, PATH, body(" ")).problem())
        .isEqualTo("400 invalid organisation.name");
    JsonObject weak = body("Council");
    weak.getJsonObject("owner").put("password", "short");
    assertThat(served.post(SECRET, PATH, weak).problem()).isEqualTo("400 invalid owner.password");
    assertThat(served.post(SECRET, PATH, body("Council").put("more", 1)).problem())
        .isEqualTo("400 invalid more");
  }

  private static JsonObject body(String name) {
    JsonObject owner =
        new JsonObject().put("userid", "olga").put("name", "Olga").put("password", Served.PASSWORD);
    return new JsonObject()
        .put("organisation", new JsonObject().put("name", name))
        .put("owner", owner);
  }
}
