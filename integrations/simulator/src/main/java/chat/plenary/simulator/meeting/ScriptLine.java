package chat.plenary.simulator.meeting;

import java.util.List;
import java.util.Map;

/**
 * A sentence of the script.
 *
 * @param userid the speaker's userid at the enterprise; empty for a guest
 * @param name the speaker's name
 * @param afterMillis how long after the sentence before it is said
 * @param language its language
 * @param text what is said
 * @param translations the text by language
 * @param corrected what replaces the text a second later under the same key, or empty
 */
public record ScriptLine(
    String userid,
    String name,
    long afterMillis,
    String language,
    String text,
    Map<String, String> translations,
    String corrected) {
  public ScriptLine {
    translations = Map.copyOf(translations);
  }

  private static ScriptLine line(
      String userid, String name, String language, String en, String es, String fr) {
    Map<String, String> all = Map.of("en", en, "es", es, "fr", fr);
    Map<String, String> others = new java.util.HashMap<>(all);
    String text = String.valueOf(others.remove(language));
    // As long as it takes to say it: some 15 characters a second.
    return new ScriptLine(userid, name, 800 + text.length() * 65L, language, text, others, "");
  }

  /** A dialogue of three people in English, Spanish and French, of about a minute. */
  public static List<ScriptLine> dialogue() {
    return List.of(
        line(
            "alice",
            "Alice Adams",
            "en",
            "Good afternoon, and welcome to our dialogue on water.",
            "Buenas tardes y bienvenidos a nuestro diálogo sobre el agua.",
            "Bonjour et bienvenue à notre dialogue sur l'eau."),
        line(
            "alice",
            "Alice Adams",
            "en",
            "Everybody may speak in their own language today.",
            "Hoy cada uno puede hablar en su propio idioma.",
            "Aujourd'hui, chacun peut parler dans sa propre langue."),
        line(
            "carmen",
            "Carmen Cruz",
            "es",
            "Thank you. In our town the river was dry for three months.",
            "Gracias. En nuestro pueblo el río estuvo seco tres meses.",
            "Merci. Dans notre ville, la rivière a été à sec pendant trois mois."),
        line(
            "carmen",
            "Carmen Cruz",
            "es",
            "The school closed because there was no water to drink.",
            "La escuela cerró porque no había agua para beber.",
            "L'école a fermé parce qu'il n'y avait pas d'eau à boire."),
        line(
            "",
            "Denis Dubois",
            "fr",
            "We had the same problem and built two small dams.",
            "Tuvimos el mismo problema y construimos dos presas pequeñas.",
            "Nous avons eu le même problème et construit deux petits barrages."),
        new ScriptLine(
            "",
            "Denis Dubois",
            4_000,
            "fr",
            "Ils ont coûté moins que nous pension.",
            Map.of(
                "en",
                "They cost less than we thought.",
                "es",
                "Costaron menos de lo que pensábamos."),
            "Ils ont coûté moins que nous pensions."),
        line(
            "alice",
            "Alice Adams",
            "en",
            "Could you send the plans to the group?",
            "¿Podría enviar los planos al grupo?",
            "Pourriez-vous envoyer les plans au groupe ?"),
        line(
            "",
            "Denis Dubois",
            "fr",
            "Of course, I will put them there after the meeting.",
            "Por supuesto, los pondré allí después de la reunión.",
            "Bien sûr, je les y mettrai après la réunion."),
        line(
            "carmen",
            "Carmen Cruz",
            "es",
            "Then let us vote next week.",
            "Entonces votemos la próxima semana.",
            "Alors votons la semaine prochaine."),
        line(
            "alice",
            "Alice Adams",
            "en",
            "Agreed. Thank you all for this good dialogue.",
            "De acuerdo. Gracias a todos por este buen diálogo.",
            "D'accord. Merci à tous pour ce bon dialogue."));
  }
}
