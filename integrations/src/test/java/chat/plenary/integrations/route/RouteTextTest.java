package chat.plenary.integrations.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What files of routes may say. */
class RouteTextTest {
  private static final Set<String> SCHEMES = Set.of("plenary", "direct", "log", "https");

  private static RouteText read(String steps) throws RouteProblem {
    return RouteText.read(
        """
        - route:
            id: one
            from:
              uri: direct:one?organisation=oX
              steps:
        """
            + steps.indent(8),
        SCHEMES);
  }

  @Test
  void whatIsUsualIsAllowed() throws RouteProblem {
    RouteText read =
        read(
            """
            - choice:
                when:
                  - simple: "${header.PlenaryEvent} == 'edit'"
                    steps:
                      - setBody: {simple: "${header.PlenarySenderName}: ${body}"}
                  - jsonpath: "$.body[?(@.type == 'text')]"
                    steps:
                      - log: "${exchangeId} at ${date:now:yyyy-MM-dd HH:mm}"
                otherwise:
                  steps:
                    - stop: {}
            - setHeader: {name: CamelHttpMethod, constant: PUT}
            - unmarshal: {json: {}}
            - doTry:
                steps:
                  - to: {uri: "https://crm.example.org/in", parameters: {bridgeEndpoint: true}}
                doCatch:
                  - exception: [java.io.IOException]
                    steps:
                      - setHeader: {name: Token, constant: "{{secret:crm}}"}
            """);
    assertThat(read.routes()).containsExactly("one");
    assertThat(read.organisation()).isEqualTo("oX");
    assertThat(read.line("one")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- setBody: {groovy: 'System.exit(1)'}",
        "- setBody: {method: {beanType: java.lang.Runtime}}",
        "- bean: {beanType: java.lang.Runtime}",
        "- process: {ref: x}",
        "- script: {groovy: x}",
        "- toD: 'https:${body}'",
        "- recipientList: {simple: '${body}'}",
        "- to: 'file:/etc'",
        "- to: 'exec:ls'",
        "- to: 'bean:x'",
        "- to: 'class:java.lang.Runtime'",
        "- to: 'log:x?exchangeFormatter=#class:java.lang.Object'",
        "- to: {uri: 'log:x', parameters: {exchangeFormatter: '#bean:x'}}",
        "- to: 'https://x.example?httpClientConfigurer=RAW(#x)'",
        "- to: 'https://x.example?oauth2TokenEndpoint=http://169.254.169.254/'",
        "- to: 'direct:plenary-dead-letters'",
        "- setBody: {simple: '${bean:x}'}",
        "- setBody: {simple: '${type:java.lang.System.exit}'}",
        "- setBody: {simple: '${body.getClass().forName(x)}'}",
        "- setBody: {simple: '${body.class}'}",
        "- setBody: {simple: '${exchange.context.stop()}'}",
        "- setBody: {simple: '${camelContext.stop()}'}",
        "- setBody: {simple: '${header.x.y()}'}",
        "- setBody: {simple: '${headers[x].y}'}",
        "- setBody: {simple: '${env.HOME}'}",
        "- setBody: {simple: '${sysenv.HOME}'}",
        "- setBody: {simple: '${sys.user.home}'}",
        "- setBody: {simple: '${properties:x}'}",
        "- setBody: {simple: '${bodyAs(java.lang.Object)}'}",
        "- setBody: {simple: '$simple{bean:x}'}",
        "- setBody: {simple: '${header.${body}}'}",
        "- setBody: {simple: '$init{ $x := 1 }init$'}",
        "- setBody: {simple: {expression: '${body}', resultType: java.lang.Runtime}}",
        "- setBody: {simple: 'resource:file:/etc/passwd'}",
        "- setBody: {constant: '{{env:HOME}}'}",
        "- setBody: {constant: '{{HOME}}'}",
        "- setBody: {constant: '{{secret:a}} {{sys:user.home}}'}",
        "- setHeader: {name: CamelHttpUri, constant: 'http://169.254.169.254'}",
        "- setHeader: {name: '${body}', constant: x}",
        "- unmarshal: {json: {unmarshalType: java.lang.Runtime}}",
        "- setBody: &a {constant: x}",
        "- pollEnrich: {constant: 'file:/etc'}",
        "- doTry: {steps: [], doCatch: [{exception: [javax.script.ScriptException], steps: []}]}"
      })
  void whatIsNotNamedAsAllowedIsRefusedWithItsLine(String step) {
    assertThatThrownBy(() -> read(step))
        .isInstanceOfSatisfying(
            RouteProblem.class, problem -> assertThat(problem.line()).isEqualTo(6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing",
        "- beans: []",
        "- from: {uri: 'direct:x', steps: []}",
        "- route: {from: {uri: 'direct:x', steps: []}}",
        "- route: {id: plenary-x, from: {uri: 'direct:x', steps: []}}",
        "- route: {id: x}",
        "- route: {id: x, errorHandler: {}, from: {uri: 'direct:x', steps: []}}",
        "- rest: {}",
        "route: x",
        "- route: {id: a, from: {uri: 'direct:a', steps: []}}\n"
            + "- route: {id: a, from: {uri: 'direct:b', steps: []}}"
      })
  void aFileIsAListOfRoutesWithIds(String text) {
    assertThatThrownBy(() -> RouteText.read(text, SCHEMES)).isInstanceOf(RouteProblem.class);
  }
}
