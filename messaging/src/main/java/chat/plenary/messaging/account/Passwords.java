package chat.plenary.messaging.account;

import chat.plenary.messaging.background.Workers;
import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Password hashes: Argon2id with what OWASP's password storage cheat sheet asks for (19 MiB, 2
 * passes, 1 lane), written with their parameters in the usual text form. They are computed by a few
 * named threads; who finds their queue full comes again later.
 */
final class Passwords implements AutoCloseable {
  /** Characters of a password. */
  static final int MIN = 8;

  static final int MAX = 256;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Cost COST = new Cost(19 * 1024, 2, 1);
  private static final int SALT = 16;
  private static final int HASH = 32;
  private static final int RETRY_SECONDS = 2;

  /**
   * What a hash costs.
   *
   * @param memory KiB
   */
  private record Cost(int memory, int passes, int lanes) {}

  /**
   * A hash and what it was made with.
   *
   * @param salt in base64
   * @param value in base64
   */
  private record Hash(Cost cost, String salt, String value) {}

  private final Workers workers;
  private final String nobody;

  Passwords(int threads, int queue) {
    workers = new Workers("plenary-password", threads, queue, Passwords::busy);
    // A hash that no password has: to compare with where there is no account.
    nobody = text(new Hash(COST, encode(random(SALT)), encode(random(HASH))));
  }

  /** Hashes a password; fails as too many when the workers have enough to do. */
  Future<String> hash(String password) {
    return workers.work(
        () -> {
          byte[] salt = random(SALT);
          return text(new Hash(COST, encode(salt), encode(compute(COST, salt, password))));
        });
  }

  /**
   * Whether a password is the one of a hash.
   *
   * @param hash the stored text, or null for nobody's: that takes the same time and is never right
   */
  Future<Boolean> matches(@Nullable String hash, String password) {
    return workers.work(
        () -> {
          Hash stored = parse(hash == null ? nobody : hash);
          byte[] value = compute(stored.cost(), decode(stored.salt()), password);
          return MessageDigest.isEqual(value, decode(stored.value())) && hash != null;
        });
  }

  /** Whether a hash was made with other parameters than those of today. */
  boolean isOutdated(String hash) {
    return !parse(hash).cost().equals(COST);
  }

  /** Whether a further computation would be refused now. */
  boolean isBusy() {
    return workers.isFull();
  }

  /** What a computation is refused with. */
  static Fault busy() {
    return Fault.tooMany("Too many are signing in just now.", RETRY_SECONDS);
  }

  @Override
  public void close() {
    workers.close();
  }

  private static byte[] compute(Cost cost, byte[] salt, String password) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memory())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] value = new byte[HASH];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), value);
    return value;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String text) {
    return Base64.getDecoder().decode(text);
  }

  private static String text(Hash hash) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            hash.cost().memory(),
            hash.cost().passes(),
            hash.cost().lanes(),
            hash.salt(),
            hash.value());
  }

  private static Hash parse(String text) {
    String[] parts = text.split("\\$");
    if (parts.length != 6 || !parts[1].equals("argon2id") || !parts[2].equals("v=19")) {
      throw new IllegalStateException("a stored password hash is of an unknown form");
    }
    int[] numbers = new int[3];
    String[] cost = parts[3].split(",");
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(cost[i].substring(cost[i].indexOf('=') + 1));
    }
    return new Hash(new Cost(numbers[0], numbers[1], numbers[2]), parts[4], parts[5]);
  }
}
