package chat.plenary.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MarkerTest {
  @Test
  void aTextHasAHundredBytesAndItsNumberIsFoundAgain() {
    byte[] text = Marker.bytes(1_234_567);
    assertThat(text).hasSize(100);
    assertThat(Marker.last(text, 0, text.length)).isEqualTo(1_234_567);
  }

  @Test
  void theNumberIsFoundInAFrameAroundTheText() {
    byte[] frame =
        ("{\"type\":\"entry\",\"body\":{\"text\":\"" + Marker.text(42) + "\"}}")
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(Marker.last(frame, 0, frame.length)).isEqualTo(42);
  }

  @Test
  void whereNothingIsMarkedThereIsNoNumber() {
    byte[] frame = "{\"type\":\"pong\"} ~12".getBytes(StandardCharsets.US_ASCII);
    assertThat(Marker.last(frame, 0, frame.length)).isEqualTo(-1);
    assertThat(Marker.last(frame, 0, 10)).isEqualTo(-1);
  }
}
