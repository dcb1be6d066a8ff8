package chat.plenary.node;

import chat.plenary.node.configuration.Configuration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the PEM files of TLS before a server does, to say what is wrong with which of them. */
final class TlsFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private TlsFiles() {}

  /**
   * Checks both files, and that they belong together.
   *
   * @throws Failure naming the setting and the file
   */
  static void check(Configuration.Tls tls) {
    Path certificate = tls.certificate();
    Path key = tls.key();
    if (certificate == null || key == null) {
      return;
    }
    X509Certificate first = certificate(certificate);
    PrivateKey secret = key(key, first.getPublicKey().getAlgorithm());
    if (!belongTogether(first.getPublicKey(), secret)) {
      throw Failure.usage(
          "tls.key: " + key + " is not the key of the first certificate in " + certificate + ".");
    }
  }

  private static X509Certificate certificate(Path file) {
    try {
      Collection<? extends java.security.cert.Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read("tls.certificate", file)));
      if (!chain.isEmpty() && chain.iterator().next() instanceof X509Certificate first) {
        return first;
      }
    } catch (CertificateException e) {
      throw Failure.usage(
          "tls.certificate: " + file + " holds no certificates as PEM (" + e.getMessage() + ").");
    }
    throw Failure.usage("tls.certificate: " + file + " holds no certificate.");
  }

  private static PrivateKey key(Path file, String algorithm) {
    String text = new String(read("tls.key", file), StandardCharsets.US_ASCII);
    Matcher found = KEY.matcher(text);
    if (!found.find()) {
      String hint =
          text.contains("ENCRYPTED PRIVATE KEY")
              ? " It is encrypted; a node asks nobody for a passphrase: openssl pkcs8 -topk8 -nocrypt makes a plain one."
              : text.contains("PRIVATE KEY-----")
                  ? " It is of another form: openssl pkcs8 -topk8 -nocrypt makes the right one."
                  : "";
      throw Failure.usage(
          "tls.key: " + file + " holds no private key as PEM of the form PKCS#8." + hint);
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(found.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw Failure.usage(
          "tls.key: " + file + " holds no key of the certificate's kind (" + algorithm + ").");
    }
  }

  private static byte[] read(String setting, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw Failure.usage(setting + ": there is no file " + file.toAbsolutePath() + ".");
    } catch (IOException e) {
      throw Failure.usage(setting + ": " + file + " cannot be read (" + e.getMessage() + ").");
    }
  }

  private static boolean belongTogether(PublicKey open, PrivateKey secret) {
    String algorithm =
        switch (open.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> open.getAlgorithm();
        };
    try {
      byte[] text = "plenary".getBytes(StandardCharsets.US_ASCII);
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(secret);
      signing.update(text);
      byte[] signed = signing.sign();
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(open);
      checking.update(text);
      return checking.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
