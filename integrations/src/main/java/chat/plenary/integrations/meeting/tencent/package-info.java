/**
 * Tencent Meeting (VooV): its REST API for an enterprise's own application, and its webhooks. It is
 * written from public documents and the signatures' published examples; it was never run against
 * the service itself.
 */
@NullMarked
package chat.plenary.integrations.meeting.tencent;

import org.jspecify.annotations.NullMarked;
