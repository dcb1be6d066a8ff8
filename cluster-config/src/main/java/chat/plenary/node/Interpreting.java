package chat.plenary.node;

import chat.plenary.integrations.translation.TranslationEngines;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.caption.CaptionTranslations;
import chat.plenary.messaging.caption.Captions;
import chat.plenary.messaging.caption.Pushed;
import chat.plenary.messaging.caption.Speeches;
import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.gateway.CaptionRoutes;
import chat.plenary.messaging.gateway.SpeechConnections;
import chat.plenary.messaging.gateway.TranslationRoutes;
import chat.plenary.messaging.gateway.VoiceRoutes;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.translation.Translations;
import chat.plenary.messaging.voice.Voices;
import chat.plenary.node.configuration.Configuration;
import chat.plenary.node.configuration.Engines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Translations, captions and speech of a node, opened before the log starts.
 *
 * @param translations what engines made
 * @param voices what is heard of meetings
 * @param routes their endpoints
 * @param speeches takes in what members say
 */
record Interpreting(
    Translations translations, Voices voices, List<Route> routes, SpeechConnections speeches) {

  /**
   * Opens them.
   *
   * @param simulated whether a tone stands for each sentence of languages that nothing speaks
   */
  static Interpreting open(
      Parts parts,
      Vertx vertx,
      Bus bus,
      Chat chat,
      Store store,
      Timers timers,
      Configuration configuration,
      boolean simulated) {
    Engines set = configuration.interpretation();
    TranslationEngines engines =
        parts.open(
            "translation engines",
            () -> TranslationEngines.open(vertx, timers.clock(), Services.translators(set)),
            opened -> opened.close(vertx));
    Translations translations =
        parts.open(
            "translations",
            () ->
                Future.succeededFuture(
                    Translations.open(
                        store,
                        chat.log(),
                        chat.access(),
                        chat.history(),
                        chat.signals(),
                        timers,
                        engines.all(),
                        Services.detector(set),
                        Services.translating(set))),
            Translations::close);
    Captions captions =
        parts.step(
            "captions",
            () ->
                Captions.open(
                    chat.log(),
                    chat.access(),
                    chat.messages(),
                    chat.history(),
                    store,
                    chat.signals(),
                    timers,
                    new Captions.Doors(
                        id -> chat.meetings().find(id).map(Pushed::of),
                        new CaptionTranslations(translations),
                        id -> chat.meetings().changed(id))));
    chat.meetings().hear(new Pushed(captions));
    List<SpeechInterpreter> hearing = Services.hearing(vertx, timers.clock(), set);
    Voices voices =
        parts.open(
            "voices",
            () ->
                Future.succeededFuture(
                    Voices.open(
                        new Voices.Parts(chat.log(), bus, chat.signals(), timers),
                        captions,
                        new CaptionTranslations(translations),
                        Services.speaking(vertx, set, simulated),
                        hearing,
                        Voices.Options.defaults())),
            Voices::close);
    Speeches speeches =
        new Speeches(captions, hearing, voices, timers, Speeches.Options.defaults());
    List<Route> routes = new ArrayList<>(new CaptionRoutes(captions).routes());
    routes.addAll(new TranslationRoutes(translations).routes());
    routes.addAll(new VoiceRoutes(voices).routes());
    SpeechConnections connections =
        new SpeechConnections(vertx, chat, speeches, voices, SpeechConnections.Options.defaults());
    return new Interpreting(translations, voices, List.copyOf(routes), connections);
  }
}
