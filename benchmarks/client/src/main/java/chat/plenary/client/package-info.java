/**
 * A client of Plenary for Java programs: signing in, the REST endpoints, and a live connection that
 * reconnects, resumes and keeps what it sends until the outcome is known. Begin at {@link
 * chat.plenary.client.Plenary}.
 */
@NullMarked
package chat.plenary.client;

import org.jspecify.annotations.NullMarked;
