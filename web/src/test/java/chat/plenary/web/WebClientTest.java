package chat.plenary.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebClientTest {
  private static final WebClient CLIENT = WebClient.open();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/c/gABC",
        "/c/gABC/members",
        "/people",
        "/surveys/un75",
        "/meetings",
        "/setup"
      })
  void everyScreenIsThePageAndIsNeverCached(String path) {
    Page page = CLIENT.find(path).orElseThrow();

    assertThat(page.body()).isEqualTo(CLIENT.index());
    assertThat(page.headers()).containsEntry("cache-control", "no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/c/../../etc/passwd",
        "/v/../start.js",
        "//etc/passwd",
        "/v/other-digest/start.js",
        "/api/v1/none",
        "/start.js",
        "/index.html",
        "/types.d.ts",
        "/admin",
        "c/gABC",
        ""
      })
  void whatIsNoPartOfTheClientIsNotFound(String path) {
    assertThat(CLIENT.find(path)).isEmpty();
  }

  @Test
  void nothingIsFoundAboveTheFolderOfTheDigest() {
    String base = "/v/" + CLIENT.digest();

    assertThat(CLIENT.find(base + "/start.js")).isPresent();
    assertThat(CLIENT.find(base + "/../" + CLIENT.digest() + "/start.js")).isEmpty();
    assertThat(CLIENT.find(base + "/vendor/lit/../../start.js")).isEmpty();
    assertThat(CLIENT.find(base + "/vendor/lit/package.json")).isEmpty();
  }

  @Test
  void filesUnderTheDigestAreKeptForEver() {
    Page page = CLIENT.find("/v/" + CLIENT.digest() + "/css/tokens.css").orElseThrow();

    assertThat(page.contentType()).startsWith("text/css");
    assertThat(page.headers())
        .containsEntry("cache-control", "public, max-age=31536000, immutable")
        .containsEntry("x-content-type-options", "nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sw.js", "/manifest.webmanifest", "/icons/plenary.svg"})
  void filesAtFixedAddressesAreAskedForAgain(String path) {
    assertThat(CLIENT.find(path).orElseThrow().headers())
        .containsEntry("cache-control", "no-cache");
  }

  @Test
  void thePolicyAllowsTheImportMapByItsHashAndNothingElseInline() throws Exception {
    Matcher map = Pattern.compile("<script type=\"importmap\">(.*?)</script>").matcher(html());
    assertThat(map.find()).isTrue();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(UTF_8));

    assertThat(CLIENT.contentSecurityPolicy())
        .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
        .contains("default-src 'none'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(html()).doesNotContain(" style=", "onclick", "<style");
  }

  @Test
  void ofWhatBrowsersGuardOnlyTheMicrophoneIsForTheClient() {
    assertThat(CLIENT.find("/").orElseThrow().headers().get("permissions-policy"))
        .contains("microphone=(self)", "camera=()", "geolocation=()");
  }

  @Test
  void everyModuleThatTheFirstOneNeedsIsPreloadedAndThere() {
    Set<String> listed = new HashSet<>();
    Matcher link = Pattern.compile("rel=\"modulepreload\" href=\"([^\"]+)\"").matcher(html());
    while (link.find()) {
      listed.add(link.group(1));
    }

    assertThat(listed).containsExactlyInAnyOrderElementsOf(CLIENT.firstModules());
    assertThat(listed).allSatisfy(path -> assertThat(CLIENT.find(path)).isPresent());
    assertThat(listed)
        .contains("/v/" + CLIENT.digest() + "/message/list.js")
        .contains("/v/" + CLIENT.digest() + "/vendor/lit-html/lit-html.js");
  }

  @Test
  void theFirstMessageNeedsAtMostSixtyModulesAnd120KilobytesCompressed() throws IOException {
    Set<String> needed = new HashSet<>(CLIENT.firstModules());
    Matcher style = Pattern.compile("rel=\"stylesheet\" href=\"([^\"]+)\"").matcher(html());
    while (style.find()) {
      needed.add(style.group(1));
    }
    needed.add("/");
    // Of the catalogues only that of the reader's language is loaded: here the largest.
    long size = 0;
    for (String language : List.of("ar", "en", "es", "fr", "ru", "zh")) {
      String path = "/v/" + CLIENT.digest() + "/language/" + language + ".json";
      size = Math.max(size, compressed(CLIENT.find(path).orElseThrow().body()));
    }
    for (String path : needed) {
      size += compressed(CLIENT.find(path).orElseThrow().body());
    }

    assertThat(CLIENT.firstModules()).hasSizeLessThanOrEqualTo(60);
    assertThat(size).isLessThanOrEqualTo(120_000);
  }

  @Test
  void importsAreFoundInTheFormsThatAreWritten() {
    Modules.Imports imports =
        Modules.importsOf(
            "message/list.js",
            """
            /** @import {A} from "../types" */
            import { html,
              nothing } from "lit";
            import "./a.js";import{b as c}from"lit/directives/repeat.js";export*from"../b.js";
            // import "./no.js";
            const later = () => import("./later.js");
            const text = "from a string";
            """);

    assertThat(imports.now())
        .isEqualTo(
            List.of(
                "vendor/lit/index.js", "message/a.js", "vendor/lit/directives/repeat.js", "b.js"));
    assertThat(imports.later()).isEqualTo(List.of("message/later.js"));
  }

  private static String html() {
    return new String(CLIENT.index(), UTF_8);
  }

  private static long compressed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.size();
  }
}
