package chat.plenary.messaging.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.fault.Fault;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a cursor. */
class CursorTest {
  @Test
  void whatIsEncodedIsReadTheSame() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      long[] numbers = new long[Log.LANES];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = random.nextLong() >>> (1 + random.nextInt(62));
      }
      Cursor cursor = Cursor.of(1 + random.nextInt(1_000), numbers);
      assertThat(cursor.encode().length()).isLessThanOrEqualTo(880);
      assertThat(Cursor.decode("cursor", cursor.encode())).isEqualTo(cursor);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "AAAA", "AQ", "Ag", "not a cursor", "AQEBAQEBAQEBAQ"})
  void whatIsNoCursorIsRefusedByTheNameOfItsField(String text) {
    assertThatThrownBy(() -> Cursor.decode("since", text))
        .isInstanceOfSatisfying(
            Fault.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
              assertThat(fault.field()).isEqualTo("since");
            });
  }

  @Test
  void aCursorWithMoreBehindItOrOfAnotherFormatIsRefused() {
    byte[] bytes = Base64.getUrlDecoder().decode(Cursor.of(1, new long[Log.LANES]).encode());
    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    byte[] other = bytes.clone();
    other[0] = 9;
    byte[] endless = new byte[bytes.length * 9];
    java.util.Arrays.fill(endless, (byte) 0xff);
    endless[0] = 1;
    for (byte[] forged : new byte[][] {longer, other, endless}) {
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
      assertThatThrownBy(() -> Cursor.decode("cursor", text)).isInstanceOf(Fault.class);
    }
  }
}
