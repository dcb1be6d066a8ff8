package chat.plenary.messaging.architecture.planted.jjwt.messaging.message;

/** Sees a library where it must not. */
class Planted {
  io.jsonwebtoken.JwtException seen;
}
