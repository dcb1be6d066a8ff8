package chat.plenary.integrations.meeting.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The signatures' published and agreed examples. */
class SignaturesTest {
  private static String sign(String method, String uri, String body) {
    return RequestSignature.of(
        "AKIDEXAMPLE0001", "SECRETEXAMPLE0001", method, "88080", "1572168600", uri, body);
  }

  @Test
  void aRequestWithAQueryIsSignedAsInTheExample() {
    assertThat(sign("GET", "/v1/meetings/7567454748865986567?userid=tester&instanceid=1", ""))
        .isEqualTo(
            "MTY2N2VlNDJlNGViZjRmZWNkNmY0Y2M0NWU3ODc2ZjQ5YmJhNjY2NjA1MWY3NjgyM2VmMDI2NzhlNmJiNzYzMQ==");
  }

  @Test
  void aRequestWithABodyIsSignedAsInTheExample() {
    String body =
        "{\"userid\":\"tester\",\"instanceid\":1,\"subject\":\"tester's meeting\",\"type\":0,"
            + "\"start_time\":\"1572085800\",\"end_time\":\"1572089400\"}";
    assertThat(sign("POST", "/v1/meetings", body))
        .isEqualTo(
            "NWNlY2M2MWM2YzQwODQ1MTMxZWFmNTc3MmQxZWFhYTI2ZTE3MmY4NzM5MjQwNDdmNzg0MzMyN2E0YmUzOThkMw==");
  }

  @Test
  void aWebhookIsVerifiedAsInThePublishedExample() {
    String told =
        "{\"event\":\"meeting.created\",\"unique_sequence\":\"f20096ee-8ac8-4df2-a7de-0574649f211b\",\"payload\":[{\"operate_time\":\"2020-12-29"
            + " 17:41:06\",\"operator\":{\"userid\":"
            + "\"tester00006ba5bab339858c13c930cca95684\"},\"meeting_info\":{\"meeting_id\":"
            + "\"6058890385480921052\",\"meeting_code\":\"530812452\",\"subject\":\"media tester"
            + " meeting\",\"creator_id\":\"tester00006ba5bab339858c13c930cca95684\","
            + "\"hosts\":[\"tester00006ba5bab339858c13c930cca95684\"],\"meeting_type\":0,\"start_time\":\"2020-12-29"
            + " 17:41:04\",\"end_time\":\"2020-12-29 18:01:04\"}}]}";
    String data =
        Base64.getEncoder().withoutPadding().encodeToString(told.getBytes(StandardCharsets.UTF_8));
    assertThat(data).hasSize(667);
    Envelope envelope = new Envelope("bVPU6F8Htxl5XkAbp3jGV2xWp", "");
    String good = "b11e507817336a91d7df0c8536ee2aca18bbbae8";
    assertThat(envelope.signed("1609239040864", "14964161", data, good)).isTrue();
    assertThat(envelope.signed("1609239040865", "14964161", data, good)).isFalse();
    assertThat(envelope.open(data)).isEqualTo(told);
  }

  @Test
  void anEncryptedWebhookIsOpened() {
    Envelope envelope =
        new Envelope("TOKEN25CHARSxxxxxxxxxxxxx", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG");
    String data =
        "e3rc/bZXIO/hFRmixpASDeroqC3PwyXirzQ0e32rGl0pg4E72DOnPKmwXDvfr+GCTJIwbO7jKXxviWX+lS3YZw==";
    assertThat(
            envelope.signed(
                "1609239040864", "14964161", data, "ee255c096bec8ebe89d4a0391571c42c6ae0eb67"))
        .isTrue();
    assertThat(envelope.open(data))
        .isEqualTo("{\"event\":\"meeting.started\",\"trace_id\":\"t-1\",\"payload\":[]}");
    assertThatThrownBy(() -> envelope.open("e3rc/bZXIO/hFRmixpASDQ=="))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> envelope.open("AAAA")).isInstanceOf(IllegalArgumentException.class);
  }
}
