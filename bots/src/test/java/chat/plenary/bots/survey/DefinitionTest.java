package chat.plenary.bots.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.bots.un75.Un75;
import chat.plenary.messaging.content.TemplateCards;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DefinitionTest {
  private final Definition un75 = Definition.read(Un75.FILE, Un75.definition());

  @Test
  void theUn75FileHasSevenQuestionsAndOptionalDemographics() {
    assertThat(un75.subjects()).isEqualTo(7);
    assertThat(un75.questions().subList(0, 7))
        .extracting(Question::id)
        .containsExactly(
            "recovery", "vision", "trends", "importance", "covid_view", "outlook", "message");
    assertThat(un75.questions().subList(0, 3)).allMatch(one -> one.most() == 3 && one.shuffle());
    assertThat(un75.questions().get(6).max()).isEqualTo(140);
    assertThat(un75.questions().subList(7, un75.questions().size()))
        .allMatch(Question::demographic)
        .allMatch(one -> one.option("prefer_not_to_say") != null);
    assertThat(un75.wording().in("en")).contains("Unofficial");
  }

  @Test
  void everyCardOfTheFileIsATemplateCardInEachLanguage() {
    SurveyCards cards = new SurveyCards(un75, new Phrases());
    for (String language : Wording.LANGUAGES) {
      List<JsonObject> all =
          new java.util.ArrayList<>(
              List.of(
                  cards.invitation(language),
                  cards.consent(language),
                  cards.stopped(language),
                  cards.sending(language)));
      for (int i = 0; i < un75.questions().size(); i++) {
        all.add(cards.question(Draft.fresh("r").moved(i, false), language));
      }
      all.forEach(card -> TemplateCards.check(Input.at("card", card)));
    }
  }

  @Test
  void optionsAreShuffledForEachPersonButTheLastStaysLast() {
    Question trends = un75.questions().get(2);
    assertThat(trends.shown(1)).isEqualTo(trends.shown(1)).isNotEqualTo(trends.shown(2));
    assertThat(trends.shown(1)).containsExactlyInAnyOrderElementsOf(trends.options());
    for (long seed = 0; seed < 50; seed++) {
      assertThat(trends.shown(seed).get(trends.options().size() - 1).id()).isEqualTo("other");
    }
    Question scale = un75.questions().get(3);
    assertThat(scale.shown(7)).isEqualTo(scale.options());
  }

  @Test
  void whatIsWrongInAFileIsNamedByItsPlace() {
    refused(json -> json.remove("title"), "un75.json.title");
    refused(json -> json.getJsonObject("title").remove("fr"), "un75.json.title.fr");
    refused(json -> json.getJsonObject("title").put("xx", "?"), "un75.json.title.xx");
    refused(json -> json.put("id", "UN 75"), "un75.json.id");
    refused(json -> json.put("questions", new JsonArray()), "un75.json.questions");
    refused(json -> json.put("colour", "blue"), "un75.json.colour");
    refused(json -> question(json, 0).put("most", 99), "un75.json.questions[0].most");
    refused(json -> question(json, 0).put("type", "essay"), "un75.json.questions[0].type");
    refused(json -> question(json, 1).put("id", "recovery"), "un75.json.questions[1].id");
    refused(
        json -> question(json, 0).getJsonArray("options").getJsonObject(1).put("id", "healthcare"),
        "un75.json.questions[0].options[1].id");
    refused(json -> question(json, 6).remove("max"), "un75.json.questions[6].max");
    refused(
        json -> question(json, 0).put("demographic", true), "un75.json.questions[1].demographic");
    refused(
        json -> question(json, 3).put("options", new JsonArray()),
        "un75.json.questions[3].options");
  }

  @Test
  void theLanguageIsTheBestOfWhatIsRead() {
    assertThat(Wording.language("fr-CA, en;q=0.5")).isEqualTo("fr");
    assertThat(Wording.language("de, fr;q=0.4, en;q=0.2")).isEqualTo("fr");
    assertThat(Wording.language("zh")).isEqualTo("en");
    assertThat(Wording.language("")).isEqualTo("en");
    assertThat(Wording.language("\u0000;;;q=x")).isEqualTo("en");
  }

  private static JsonObject question(JsonObject json, int index) {
    return json.getJsonArray("questions").getJsonObject(index);
  }

  private static void refused(Consumer<JsonObject> change, String place) {
    JsonObject json = Un75.definition();
    change.accept(json);
    assertThatThrownBy(() -> Definition.read(Un75.FILE, json))
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.field()).isEqualTo(place));
  }
}
