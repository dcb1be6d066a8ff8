package chat.plenary.node.configuration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One setting: a component of a record of the configuration, with all that is said about it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
  /** What it is for, in a sentence or two. Becomes documentation. */
  String value();

  /** What holds where nothing is given, as one would write it; empty: nothing. */
  String otherwise() default "";

  /** The least value, as one would write it; for numbers, durations and sizes. */
  String from() default "";

  /** The largest value, as one would write it. */
  String to() default "";

  /** Whether it must never be shown. */
  boolean secret() default false;
}
