/** What the clients of Tencent Cloud share: how its API is signed, and what its errors mean. */
@NullMarked
package chat.plenary.integrations.tencent;

import org.jspecify.annotations.NullMarked;
